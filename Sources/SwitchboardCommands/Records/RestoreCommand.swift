// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Foundation
import Journal

extension JournalCommand {
    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a backup in the place of the journal, while no server runs.",
            discussion: """
                The backup is checked first, and stays where it is. The journal that was there is kept under another name \
                with its write-ahead log, which would damage a backup that is only copied over it. What was removed from \
                the journal since the backup is there again, numbers that were forgotten among it.
                """)

        @Argument(help: ArgumentHelp("The backup.", valueName: "FILE"), completion: .file())
        var file: String

        @OptionGroup var place: JournalPlace

        func run() async throws {
            let path = try await place.target()
            let backup = NamedFiles.absolute(file)
            guard FileManager.default.fileExists(atPath: backup) else {
                throw CommandFailure(.failure, "no backup: \(backup) does not exist")
            }
            let restored: RestoredJournal
            do throws(JournalProblem) {
                restored = try JournalTools.restore(backup, to: path, at: WallClock.system.now())
            } catch {
                guard case .inUse = error else { throw CommandFailure(.failure, error.description) }
                throw CommandFailure(.failure, JournalPlace.inUse(path))
            }
            StandardOutput.say(
                "\(path): \(CountText.words(restored.facts.calls, "call")), \(JournalPlace.size(restored.facts.bytes)), "
                    + "from \(backup)")
            if let former = restored.former { StandardOutput.say("what was there is now \(former)") }
        }
    }
}
