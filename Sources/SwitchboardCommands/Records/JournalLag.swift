// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Journal
import OutboundHTTP
import Overrides
import WireFormat

/// What the journal of a running server lacks of what the server knows.
struct JournalLag {
    let file: String
    /// How many calls it does not have at all; `nil` where that is not known.
    let missing: Int?

    /// How often a journal is looked at that is not up to date, each 50 milliseconds.
    private static let mostLooks = 20

    /// One sentence, without its end.
    var words: String {
        let calls =
            switch missing {
            case nil: "calls"
            case 0?: "changes of its calls"
            case let count?: CountText.words(count, "call")
            }
        return "the server cannot write its journal \(file) now, so that it lacks the newest \(calls)"
    }

    /// Waits a moment until a server has written what it knew when it was asked; `nil` once its journal has that.
    static func after(_ report: StatusReport, _ client: ControlClient) async throws -> JournalLag? {
        var server: ServerStatus? = report.server
        for _ in 0..<mostLooks {
            guard let seen = server?.journal else { return nil }
            guard seen.state == .writing else { break }
            if seen.queuedBytes == 0 { return nil }
            try await Task.sleep(for: .milliseconds(50))
            server = try await client.statusIfRunning()
        }
        guard let file = report.server.journal?.file else { return nil }
        // Of several replicas, the memory of one has the calls of all.
        let missing = report.server.shared == nil ? try await missing(in: file, client) : nil
        return JournalLag(file: file, missing: missing)
    }

    /// How many of the newest calls of a server its journal does not have; `nil` if its calls have other numbers there, or it
    /// cannot be read.
    private static func missing(in file: String, _ client: ControlClient) async throws -> Int? {
        let written: NumberedCall?
        do throws(JournalProblem) {
            written = try JournalReader(file).calls(limit: 1).first
        } catch {
            return nil
        }
        guard let newest = try await client.newestCall(before: nil) else { return 0 }
        guard let written else { return Int(clamping: newest.sequence + 1) }
        let number = UInt64(clamping: written.number)
        guard newest.sequence >= number, let same = try await client.newestCall(before: number + 1),
            same.sequence == number, same.id == written.call.id
        else { return nil }
        return Int(clamping: newest.sequence - number)
    }
}

extension ControlClient {
    /// The newest call in memory, or the newest one with a smaller number.
    func newestCall(before number: UInt64?) async throws -> CallRecord? {
        let query = [("limit", "1")] + (number.map { [("before", "\($0)")] } ?? [])
        let body = try await send(.get, RequestTarget.target("/v1/calls", query))
        return try read(body) { bytes throws(DocumentProblem) in try CallPage(bytes) }.calls.first
    }
}
