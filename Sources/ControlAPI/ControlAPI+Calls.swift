// SPDX-License-Identifier: Apache-2.0

import Calls
import ControlServer
import EventLog
import JSON
import WireFormat

extension ControlAPI {
    /// The most calls that one reply holds.
    private static let mostCalls: UInt64 = 500

    /// The newest calls, or those before one that the client already has, of those that the request selects.
    func calls(_ request: ControlRequest) async -> ControlReply {
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
        let selection: CallSelection
        do throws(ControlFailure) {
            selection = try self.selection(request)
        } catch {
            return .failure(error, status: 400)
        }
        var found: [CallRecord] = []
        var at = min(before, log.sequences.upperBound)
        while at > log.sequences.lowerBound, found.count < limit {
            at -= 1
            if at % UInt64(Self.mostAtOnce) == 0 { await Task.yield() }
            guard let call = log[at], selection.finds(call) else { continue }
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
