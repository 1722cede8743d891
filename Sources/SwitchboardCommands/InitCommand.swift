// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigFiles
import Foundation

/// `switchboard init`: a commented starter that serves at once.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented starter rules file.")

    @Argument(help: "The folder; without it, this one.")
    var directory = "."

    func run() throws {
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        let path = folder.appendingPathComponent("switchboard.yaml").path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try NewFile.write(Array(Starter.text.utf8), to: path, overwriting: false)
        } catch NewFile.Problem.exists {
            throw CommandFailure(.failure, "\(path) is there already and was left as it is.")
        } catch {
            throw CommandFailure(.failure, "\(path) cannot be written: \(error)")
        }
        print(path)
        StandardError.say(
            """
            Wrote a starter. Next: edit it, `switchboard check` it, and answer with it: switchboard serve
            Then, in another terminal: switchboard call --from +31612345678 --to +31850835037 --whole
            """)
    }
}
