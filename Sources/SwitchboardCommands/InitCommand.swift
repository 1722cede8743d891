// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigFiles
import Foundation

/// `switchboard init`: a commented starter that serves at once, with the schema that its first line names.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented starter rules file.")

    @Argument(help: "The folder; without it, this one.")
    var directory = "."

    func run() throws {
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        let path = folder.appendingPathComponent(Starter.fileName).path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try NewFile.write(Array(Starter.text.utf8), to: path, overwriting: false)
        } catch NewFile.Problem.exists {
            throw CommandFailure(.failure, "\(path) is there already and was left as it is.")
        } catch let problem as NewFile.Problem {
            throw CommandFailure(.failure, "\(path) cannot be written: \(problem)")
        } catch {
            throw CommandFailure(.failure, "\(folder.path) cannot be made: \(NamedFiles.words(for: error))")
        }
        StandardOutput.say(path)
        StandardError.say(try Self.writeSchema(in: folder))
        StandardError.say(
            """
            Wrote a starter. Next: edit it, `switchboard check` it, `switchboard test` it, and answer with it: \
            switchboard serve
            Then, in another terminal: switchboard call --from +31612345678 --to +31850835037 --whole
            """)
    }

    /// Writes the schema beside the starter and returns words for the user; another file of its name is left alone.
    private static func writeSchema(in folder: URL) throws -> String {
        let path = folder.appendingPathComponent(RulesSchema.fileName).path
        do throws(NewFile.Problem) {
            try NewFile.write(RulesSchema.bytes, to: path, overwriting: false)
            return "Wrote \(path), with which editors complete and check the keys."
        } catch {
            guard error == .exists else { throw CommandFailure(.failure, "\(path) cannot be written: \(error)") }
            return "\(path) is there already and was left as it is; `switchboard schema` prints that of this version."
        }
    }
}
