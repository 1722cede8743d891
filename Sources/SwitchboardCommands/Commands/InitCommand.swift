// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigFiles
import Foundation

/// `switchboard init`: writes a commented starter that can be served at once, and the schema that its first line names.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented starter rules file.")

    @Argument(
        help: ArgumentHelp(
            "Folder, or a file whose name ends with .yaml or .yml; default: switchboard.yaml here.", valueName: "PATH"),
        completion: .directory)
    var place = "."

    func run() throws {
        let (folder, name) = Self.target(HomeFolder.expand(place))
        let path = folder.appendingPathComponent(name).path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try NewFile.write(Array(Starter.text.utf8), to: path, overwriting: false)
        } catch NewFile.Problem.exists {
            throw CommandFailure(.failure, "\(path) already exists; not changed.")
        } catch let problem as NewFile.Problem {
            throw CommandFailure(.failure, "cannot write \(path): \(problem)")
        } catch {
            throw CommandFailure(.failure, "cannot create \(folder.path): \(NamedFiles.words(for: error))")
        }
        let (argument, option) = name == Starter.fileName ? ("", "") : (" \(name)", " --config \(name)")
        StandardOutput.say(path)
        StandardError.say(try Self.writeSchema(in: folder))
        StandardError.say(
            """
            Wrote a starter. Edit it, then run `switchboard check\(argument)` and `switchboard test\(argument)`, and \
            answer calls with `switchboard serve\(option)`.
            To send a test call from another terminal: switchboard call --from +31612345678 --to +31850835037 --whole
            """)
    }

    /// The folder and the name of the file: a name with the ending of a rules file is the file, unless it is a folder.
    private static func target(_ path: String) -> (folder: URL, name: String) {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let isNamed = [".yaml", ".yml"].contains { path.lowercased().hasSuffix($0) }
        guard isNamed, !(exists && isFolder.boolValue) else {
            return (URL(fileURLWithPath: path, isDirectory: true), Starter.fileName)
        }
        let file = URL(fileURLWithPath: path)
        return (file.deletingLastPathComponent(), file.lastPathComponent)
    }

    /// Writes the schema next to the starter and returns a message; an existing file is left alone.
    private static func writeSchema(in folder: URL) throws -> String {
        let path = folder.appendingPathComponent(RulesSchema.fileName).path
        do throws(NewFile.Problem) {
            try NewFile.write(RulesSchema.bytes, to: path, overwriting: false)
            return "Wrote \(path); editors use it to complete and check keys."
        } catch {
            guard error == .exists else { throw CommandFailure(.failure, "cannot write \(path): \(error)") }
            return "\(path) already exists; not changed. `switchboard schema` prints the schema of this version."
        }
    }
}
