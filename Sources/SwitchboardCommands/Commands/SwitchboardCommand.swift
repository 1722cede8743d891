// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import Calls
import Foundation
import Screen

/// The command line.
package struct SwitchboardCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "switchboard",
        abstract: "Answer, watch and control phone lines that an AI voice agent picks up.",
        discussion: """
            To try it, run `switchboard demo`. To use it, write a rules file with `switchboard init` and answer calls \
            with `switchboard serve`.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, DemoCommand.self, CheckCommand.self, TestCommand.self, ExplainCommand.self,
            StatusCommand.self, ReplicasCommand.self, CloseCommand.self, OpenCommand.self, GreetCommand.self,
            BlockCommand.self, AllowCommand.self, UndoCommand.self,
            NoteCommand.self, MarkCommand.self, ReloadCommand.self, CallsCommand.self, ExportCommand.self,
            ReportCommand.self, AuditCommand.self, ViewCommand.self, ReplayCommand.self, JournalCommand.self,
            AttachCommand.self, CallCommand.self, ProbeCommand.self, DoctorCommand.self, InitCommand.self,
            SchemaCommand.self, ThemesCommand.self, ManualCommand.self,
        ])

    package init() {}

    /// Runs the command and ends the process with its exit code (docs/operator.md).
    package static func runToExit() async {
        EarlySignals.begin(CommandLine.arguments)
        StandardDescriptors.reserve()
        await ShellCompletion.prepare(CommandLine.arguments)
        do {
            var command = try parsed()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try requireOutput()
            StandardError.flush(within: 1)
        } catch let failure as CommandFailure {
            if !failure.message.isEmpty { StandardError.say(failure.message) }
            if let problem = StandardOutput.problem, failure.message != problem { StandardError.say(problem) }
            StandardError.flush(within: 1)
            Foundation.exit(failure.reason.rawValue)
        } catch let error where exitCode(for: error).isSuccess || error is ValidationError {
            exitForParser(error)
        } catch {
            StandardError.say("Internal error in switchboard: \(CleanText.clean("\(error)"))")
            StandardError.flush(within: 1)
            Foundation.exit(ExitReason.defect.rawValue)
        }
    }

    /// Ends the process with words if the system leaves it too little to run a command, or if it does not know its arguments; to
    /// be called before the first task.
    package static func requireMeans() {
        guard let problem = ProcessLimits.commandProblem() ?? ProcessLimits.argumentsProblem() else { return }
        StandardError.say(problem)
        Foundation.exit(ExitReason.failure.rawValue)
    }

    /// Fails if not all of the output was written.
    private static func requireOutput() throws(CommandFailure) {
        if StandardOutput.isBroken { throw CommandFailure(.failure, StandardOutput.problem ?? "") }
    }

    /// The command of the command line.
    private static func parsed() throws -> any ParsableCommand {
        if let word = CommandLine.arguments.dropFirst().first, let problem = unknownCommand(word) {
            throw CommandFailure(.usage, problem)
        }
        if let arguments = KeysCommand.arguments(of: Array(CommandLine.arguments.dropFirst())) {
            do {
                return try KeysCommand.parseAsRoot(arguments)
            } catch {
                let isFine = KeysCommand.exitCode(for: error).isSuccess
                if isFine { StandardOutput.say(KeysCommand.fullMessage(for: error)) }
                throw CommandFailure(isFine ? .success : .usage, isFine ? "" : KeysCommand.fullMessage(for: error))
            }
        }
        do {
            return try parseAsRoot()
        } catch {
            exitForParser(error)
        }
    }

    /// What is wrong with a first word that names no command, since the parser complains about the options after it.
    static func unknownCommand(_ word: String) -> String? {
        let names = configuration.subcommands.map { $0._commandName } + ["help"]
        guard !word.hasPrefix("-"), !names.contains(word) else { return nil }
        let meant = NearMiss.word(nearest: word, among: names).map { "; did you mean '\($0)'?" }
        return "Error: unknown command '\(CleanText.clean(word))'"
            + (meant ?? "; `switchboard help` lists the commands.")
    }

    /// The argument parser's own errors: help and version are successes, everything else is wrong usage.
    private static func exitForParser(_ error: any Error) -> Never {
        let isFine = exitCode(for: error).isSuccess
        let text = fullMessage(for: error)
        guard isFine else {
            StandardError.say(text)
            Foundation.exit(ExitReason.usage.rawValue)
        }
        StandardOutput.say(text)
        if let problem = StandardOutput.problem { StandardError.say(problem) }
        Foundation.exit((StandardOutput.isBroken ? ExitReason.failure : .success).rawValue)
    }
}

/// The version of the program.
enum Version {
    static let text = "0.1.0"
}
