// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Journal
import OutboundHTTP

/// Where a command finds the record of calls: the running server, its journal when it is away, or a file.
struct RecordPlace: ParsableArguments {
    @ArgumentParser.Option(
        help: ArgumentHelp("Read this journal instead of asking the server.", valueName: "FILE"), completion: .file())
    var journal: String?

    @OptionGroup var server: SocketOption

    func validate() throws {
        if journal != nil, server.socket != nil {
            throw ValidationError("--journal and --socket cannot be combined.")
        }
    }

    /// Asks the server, or reads a journal where none runs; a server that was named must answer.
    func find<Result: Sendable>(
        asking ask: (ControlClient) async throws -> Result, reading read: (JournalCalls) throws -> Result
    ) async throws -> Result {
        if let journal { return try read(JournalCalls(NamedFiles.absolute(journal))) }
        let answered = try await ControlClient.with(socket: server.socket) { client in
            guard try await client.statusIfRunning() == nil else { return Found.answer(try await ask(client)) }
            return .nothing(client.words(.nobodyListens))
        }
        switch answered {
        case .answer(let result): return result
        case .nothing(let words):
            guard server.socket == nil, let path = try Self.usualJournal() else {
                throw CommandFailure(.failure, words)
            }
            let calls = try JournalCalls(path)
            StandardError.say("Note: no server is running; reading the journal \(path).")
            return try read(calls)
        }
    }

    private enum Found<Result: Sendable>: Sendable {
        case answer(Result)
        /// Why no server was asked.
        case nothing(String)
    }

    /// The journal in the state folder of this user, or of a server of this machine; `nil` if there is none.
    static func usualJournal() throws -> String? {
        let own = try StateFolder.find(named: nil, environment: ProcessInfo.processInfo.environment)
        let folders = [own] + ControlSearch.here().holders.map(\.folder) + [ControlSearch.system.state]
        return folders.map { "\($0)/\(Journal.fileName)" }.first(where: FileManager.default.fileExists(atPath:))
    }
}
