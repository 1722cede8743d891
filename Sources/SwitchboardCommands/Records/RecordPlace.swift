// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import EventLog
import Foundation
import Journal
import OutboundHTTP
import Overrides

/// Where a command finds the record of calls: the running server, its journal when it is away, or a file.
struct RecordPlace: ParsableArguments {
    /// The place in words, for the help of commands.
    static let explanation =
        "It asks the running server. If none is running, or its journal has more calls than its memory, it reads the journal."

    @ArgumentParser.Option(
        help: ArgumentHelp("Read this journal instead of asking the server.", valueName: "FILE"), completion: .file())
    var journal: String?

    @OptionGroup var server: SocketOption

    func validate() throws {
        if journal != nil, server.socket != nil {
            throw ValidationError("--journal and --socket cannot be combined.")
        }
    }

    /// Asks the server, or reads a journal: where none runs, and where it has more calls than the memory of the server.
    ///
    /// A server that was named must answer. Says where the calls of its memory begin, if some that are `selected` may be missing.
    func find<Result: Sendable>(
        selected: SelectionOptions? = nil, asking ask: (ControlClient) async throws -> Result,
        reading read: (JournalCalls) throws -> Result
    ) async throws -> Result {
        if let journal { return try read(JournalCalls(NamedFiles.absolute(journal))) }
        let answered = try await ControlClient.with(socket: server.socket) { client in
            guard let report = try await client.reportIfRunning() else {
                return Found<Result>.nothing(client.words(.nobodyListens))
            }
            if let whole = try await wholeJournal(report, client) {
                return Found<Result>.journal(whole, kept: report.kept ?? 0)
            }
            let note = if let selected { try await beginning(selected, report, client) } else { String?.none }
            let answer = try await ask(client)
            if let note { StandardError.say(note) }
            return Found<Result>.answer(answer)
        }
        switch answered {
        case .answer(let result): return result
        case .journal(let calls, let kept):
            StandardError.say(
                "Note: the server has \(CountText.words(kept, "call")) in memory; reading all from its journal \(calls.path)."
            )
            return try read(calls)
        case .nothing(let words):
            guard server.socket == nil else { throw CommandFailure(.failure, words) }
            guard let path = try Self.usualJournal() else {
                throw CommandFailure(
                    .failure, "\(words)\nThere is no journal in the state folder either; name one with --journal FILE.")
            }
            let calls = try JournalCalls(path)
            StandardError.say("Note: no server is running; reading the journal \(path).")
            return try read(calls)
        }
    }

    /// The journal of the server once it has all that the server knew when it was asked; `nil` if that is not more than memory
    /// has, or the journal cannot be read from here.
    private func wholeJournal(_ report: StatusReport, _ client: ControlClient) async throws -> JournalCalls? {
        // Of several replicas, the memory of one has the calls of all, and its journal only its own.
        guard report.server.shared == nil, let kept = report.kept, let file = report.server.journal?.file,
            FileManager.default.isReadableFile(atPath: file)
        else {
            return nil
        }
        do {
            let all = try JournalReader(file).count(below: .max)
            guard all > kept else { return nil }
            guard let lag = try await JournalLag.after(report, client) else {
                return try JournalCalls(file, of: report.server)
            }
            StandardError.say(
                "Note: \(lag.words): these are the \(CountText.words(kept, "call")) of memory. The "
                    + "\(CountText.words(all, "call")) that it has are read with --journal.")
        } catch let problem as JournalProblem where report.evicted > 0 {
            StandardError.say(
                "Note: the journal of the server cannot be read (\(problem)): these are the "
                    + "\(CountText.words(kept, "call")) of memory.")
        } catch is JournalProblem {
            // Memory has all calls.
        }
        return nil
    }

    /// What people should know who select calls from before the oldest one in memory, where the journal has no more.
    private func beginning(
        _ selection: SelectionOptions, _ report: StatusReport, _ client: ControlClient
    ) async throws -> String? {
        let clock = LocalClock.ofZone(report.server.timeZone)
        guard let beginning = try await beginning(report, client),
            let period = selection.period(now: WallClock.system.now(), clock), beginning.lacksCalls(of: period)
        else { return nil }
        return beginning.note(clock)
    }

    /// Where the record of a server begins, of which memory has all that is left; `nil` if it has all calls that ever came.
    private func beginning(_ report: StatusReport, _ client: ControlClient) async throws -> JournalBeginning? {
        let lacked = report.server.journal?.lackedUntil
        // The first call of all has the number 0.
        let first = try await client.newestCall(before: 1)
        if let lacked, first != nil || report.kept == 0 {
            return JournalBeginning(removedUntil: lacked, oldest: first?.firstHeardAt)
        }
        guard first == nil, let kept = report.kept, kept > 0,
            let newest = try await client.newestCall(before: nil), newest.sequence >= kept,
            let oldest = try await client.newestCall(before: newest.sequence - UInt64(kept) + 2)
        else { return nil }
        return JournalBeginning(removedUntil: oldest.firstHeardAt, oldest: oldest.firstHeardAt)
    }

    private enum Found<Result: Sendable>: Sendable {
        case answer(Result)
        case journal(JournalCalls, kept: Int)
        /// Why no server was asked.
        case nothing(String)
    }

    /// The journal of the state folder of this user, or of a server of this machine; `nil` if there is none.
    static func usualJournal() throws -> String? {
        let own = try StatePath.find(named: nil, environment: ProcessInfo.processInfo.environment)
        let folders = [own] + ControlSearch.here().holders.map(\.folder) + [ControlSearch.system.state]
        return folders.lazy.flatMap { [KeptSetting.journal(of: $0), "\($0)/\(Journal.fileName)"] }
            .first(where: FileManager.default.fileExists(atPath:))
    }
}
