// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Files
import Foundation
import JSON
import Journal
import OutboundHTTP
import Overrides
import StateFiles
import WireFormat

extension JournalCommand {
    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a person's number from the record, memory, audit and overrides.",
            discussion: """
                The running server does it without stopping; without one, the files are changed. Calls of the number stay \
                under a name made with a secret key, always the same for the same number, so that counts stay; their \
                words, webhooks, replies and notes go. Elsewhere only the number goes. The rules file, files that it \
                names, exports, backups, logs and the platform are not touched.
                """)

        @Argument(help: ArgumentHelp("The number, such as +31612345678.", valueName: "NUMBER"))
        var number: String

        @ArgumentParser.Option(
            help: ArgumentHelp(
                "State folder of a server that does not run; default: $XDG_STATE_HOME/switchboard or "
                    + "~/.local/state/switchboard.", valueName: "DIR"),
            completion: .directory)
        var state: String?

        @ArgumentParser.Option(
            help: ArgumentHelp(
                "The journal of a server that does not run; default: that of the state folder.",
                valueName: "FILE"),
            completion: .file())
        var journal: String?

        @OptionGroup var server: SocketOption

        @Flag(help: "Confirm: nothing of it can be undone.")
        var yes = false

        func validate() throws {
            if server.socket != nil, state != nil || journal != nil {
                throw ValidationError("--socket cannot be combined with --state and --journal.")
            }
        }

        func run() async throws {
            let number = try wanted
            guard yes else {
                throw CommandFailure(
                    .failure, "Nothing changed: this cannot be undone; confirm with --yes that \(number) is forgotten.")
            }
            let words: String
            if let report = try await asked(number) {
                words = report.words(of: number)
            } else {
                words = try changed(number)
            }
            StandardOutput.say(words)
            StandardOutput.say(
                "not reached: the rules file and the files that it names, which the journal keeps again with the next start "
                    + "or reload, last-good-rules, exports, backups, logs and the platform")
        }

        /// The number, in any spelling that says its country: one that is read wrong would be another person's.
        private var wanted: PhoneNumber {
            get throws {
                let readings = ConfigurationSource.numbers.numbers(in: number, country: nil)
                guard readings.count == 1, let number = readings[0].number else {
                    throw CommandFailure(
                        .usage, "NUMBER must be one telephone number with its country code, such as +31612345678.")
                }
                return number
            }
        }

        /// Has the running server do it; `nil` if none runs, or files were named.
        private func asked(_ number: PhoneNumber) async throws -> ForgettingReport? {
            guard state == nil, journal == nil else { return nil }
            do {
                return try await ControlClient.with(socket: server.socket) { client in
                    let who = CurrentOperator.of(ProcessInfo.processInfo.environment)
                    let wish = ForgettingWish(number: number, who: who)
                    guard
                        let body = try await client.sendIfRunning(
                            .post, "/v1/forget", body: wish.document.bytes,
                            unanswered: " It is not known whether the number was forgotten; run this again.")
                    else {
                        guard server.socket == nil else { throw CommandFailure(.failure, client.words(.nobodyListens)) }
                        return nil
                    }
                    return try client.read(body) { bytes throws(DocumentProblem) in try ForgettingReport(bytes) }
                }
            } catch let rejection as ServerRejection {
                throw rejection.commandFailure
            }
        }

        /// Changes the files of a server that does not run.
        private func changed(_ number: PhoneNumber) throws -> String {
            let folder = try StatePath.find(named: state, environment: ProcessInfo.processInfo.environment)
            let usual = KeptSetting.journal(of: folder)
            let path = journal.map(NamedFiles.absolute) ?? usual
            try refuseLine(number, of: path)
            let cleaned: CleanedFolder
            do throws(StateFilesError) {
                // A server that uses the folder does not prevent it in another journal, such as a backup.
                let isElsewhere =
                    state == nil && FileIdentity(path).map { $0 != FileIdentity(usual) } ?? false
                cleaned = try CleanedFolder.removing(
                    number, from: folder, mayBeInUse: isElsewhere, at: WallClock.system.now())
            } catch {
                throw failure(error)
            }
            let forgotten = cleaned.forgotten
            let done = try inJournal(cleaned, path)
            var files = cleaned.files
            if let calls = done?.own, !calls.isEmpty, cleaned.inUse == nil {
                do throws(StateFilesError) {
                    let more = try StateFiles.forget(forgotten, notesOn: calls, in: folder)
                    files += more.filter { !cleaned.files.contains($0) }
                } catch {
                    throw failure(error)
                }
            }
            try note(cleaned, done, in: folder)
            let calls =
                done.map { done in
                    ForgettingReport.words(done.calls, done.others) + " of the journal"
                        + (done.calls > 0 ? ", now \(forgotten.name)" : "")
                } ?? "no journal"
            let rest =
                cleaned.inUse == nil
                ? "" : "\nonly in \(path): a server uses \(folder); run this without --journal for what it has"
            return "\(number) is forgotten: \(calls)" + files.map { ", \($0)" }.joined() + rest
        }

        /// Writes into the audit who had it forgotten, as a server does.
        private func note(_ cleaned: CleanedFolder, _ done: Forgotten?, in folder: String) throws {
            guard cleaned.inUse == nil else { return }
            let words = cleaned.forgotten.note(calls: done?.calls ?? 0, ending: cleaned.ended)
            do throws(StateFilesError) {
                try StateFiles.note(
                    words, by: CurrentOperator.of(ProcessInfo.processInfo.environment), at: WallClock.system.now(),
                    in: folder)
            } catch {
                throw CommandFailure(
                    .failure, "\(cleaned.forgotten.number) is forgotten, but the audit does not have that: \(error)")
            }
        }

        /// A journal of an earlier version is brought up to date first, as it would be anyway.
        private func refuseLine(_ number: PhoneNumber, of path: String) throws {
            guard FileManager.default.fileExists(atPath: path) else { return }
            let isLine = try JournalPlace.using { () throws(JournalProblem) -> Bool in
                _ = try JournalTools.upgrade(path)
                return try JournalReader(path).keepsLine(number)
            }
            if isLine { throw CommandFailure(.failure, ForgottenNumber.refusal(ofLine: number) + ".") }
        }

        private func inJournal(_ cleaned: CleanedFolder, _ path: String) throws -> Forgotten? {
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            do throws(JournalProblem) {
                return try JournalTools.forget(cleaned.forgotten, in: path)
            } catch {
                if case .inUse = error, let inUse = cleaned.inUse { throw failure(inUse) }
                throw CommandFailure(.failure, error.description)
            }
        }

        private func failure(_ error: StateFilesError) -> CommandFailure {
            guard case .inUse(_, let process) = error else { return CommandFailure(.failure, error.description) }
            return CommandFailure(
                .failure,
                "Nothing changed: the server\(process.map { ", process \($0)," } ?? "") that uses this folder has the number "
                    + "in memory; name its control socket with --socket, or stop it.")
        }
    }
}

extension ForgettingReport {
    fileprivate static func words(_ calls: Int, _ others: Int) -> String {
        "\(CountText.words(calls, "call")) and \(CountText.words(others, "other row"))"
    }

    /// What a server did, in words.
    fileprivate func words(of number: PhoneNumber) -> String {
        let inJournal =
            goesOn
            ? "the journal is still being cleaned and goes on with it"
            : journal.map { Self.words($0.calls, $0.others) + " of the journal" } ?? "no journal"
        let parts =
            ["\(number) is forgotten, now \(name): \(inJournal)", Self.words(memoryCalls, memoryOthers) + " in memory"]
            + files
        let warning =
            journal.map(\.isErased) ?? true
            ? ""
            : "\nfree space of the journal may still have it: run `switchboard journal compact`"
        return parts.joined(separator: ", ") + warning
    }
}
