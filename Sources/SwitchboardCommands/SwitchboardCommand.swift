// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import Foundation
import Screen

/// The command line.
package struct SwitchboardCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "switchboard",
        abstract: "The operator's desk for phone lines that an AI voice agent answers.",
        discussion: """
            Start with `switchboard demo` to look at it with simulated callers, or with `switchboard init` to make a \
            rules file of your own and `switchboard serve` to answer with it.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, DemoCommand.self, CheckCommand.self, TestCommand.self, ExplainCommand.self,
            StatusCommand.self, CloseCommand.self, OpenCommand.self, GreetCommand.self, UndoCommand.self,
            AttachCommand.self, CallCommand.self, InitCommand.self, SchemaCommand.self,
        ])

    package init() {}

    /// Runs what the command line asks for and ends the process with the code that the design promises.
    package static func runToExit() async {
        do {
            var command = try parsed()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            if !failure.message.isEmpty { StandardError.say(failure.message) }
            Foundation.exit(failure.reason.rawValue)
        } catch let error where exitCode(for: error).isSuccess || error is ValidationError {
            exitForParser(error)
        } catch {
            StandardError.say("This is a defect of switchboard: \(CleanText.clean("\(error)"))")
            Foundation.exit(ExitReason.defect.rawValue)
        }
    }

    /// What the command line says.
    private static func parsed() throws -> any ParsableCommand {
        do {
            return try parseAsRoot()
        } catch {
            exitForParser(error)
        }
    }

    /// The argument parser's own errors: help and version are fine, everything else is a wrong use.
    private static func exitForParser(_ error: any Error) -> Never {
        let isFine = exitCode(for: error).isSuccess
        let text = fullMessage(for: error)
        if isFine {
            StandardOutput.say(text)
        } else {
            StandardError.say(text)
        }
        Foundation.exit((isFine ? ExitReason.success : .usage).rawValue)
    }
}
