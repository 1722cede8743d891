// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import ControlServer
import WireFormat
import EventLog

extension ControlAPI {
    /// The most calls that one reply holds.
    private static let mostCalls: UInt64 = 500

    /// The newest calls, or those before one that the client already has; `filter` selects calls that contain a text.
    func calls(_ request: ControlRequest) -> ControlReply {
        guard let limit = request.number("limit", in: 1...Self.mostCalls, else: 100) else {
            return .failure(
                status: 400, code: "bad_query", message: "limit must be a number from 1 to \(Self.mostCalls)")
        }
        let log = log.snapshot()
        guard
            let before = request.number("before", in: ControlRequest.positions, else: log.sequences.upperBound)
        else {
            return .failure(
                status: 400, code: "bad_query",
                message: "before must be the sequence of a call, such as `next` of the last reply")
        }
        let filter = CallFilter(request.query("filter") ?? "")
        var found: [CallRecord] = []
        var at = min(before, log.sequences.upperBound)
        while at > log.sequences.lowerBound, found.count < limit {
            at -= 1
            guard let call = log[at], filter.finds(call) else { continue }
            found.append(call)
        }
        return .json(CallPage(calls: found, next: at > log.sequences.lowerBound ? at : nil).document)
    }

    func call(_ request: ControlRequest) -> ControlReply {
        let id = request.parameters["id"] ?? ""
        let log = log.snapshot()
        guard let call = log.sequences.reversed().lazy.compactMap({ log[$0] }).first(where: { $0.id.text == id }) else {
            return .failure(status: 404, code: "no_call", message: "no call with this id is in memory")
        }
        return .json(call.document)
    }
}

/// A text that is looked for in calls.
private struct CallFilter {
    /// The text in lower case, and the part of an E.164 number that it means in another spelling.
    private let texts: [String]

    init(_ text: String) {
        texts = [text.lowercased()] + [NumberSearch.part(spelled: text)].compactMap(\.self)
    }

    func finds(_ call: CallRecord) -> Bool { texts.contains { $0.isEmpty || call.holds($0) } }
}

extension CallRecord {
    /// Whether one of its texts contains another, in lower case.
    fileprivate func holds(_ text: String) -> Bool {
        let texts = [
            id.text, caller.description, called.description, asSent?.caller, asSent?.called, lineName, answered?.words,
            answered?.decision.by.description, state.word, confirmation.rawValue,
        ]
        return texts.contains { $0?.lowercased().contains(text) ?? false }
    }
}
