// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import ControlServer
import WireFormat
import CallAnswering

extension ControlAPI {
    func overrides() -> ControlReply {
        .json(JSONValue.object([.init("overrides", .array(house.status().overrides.map(\.document)))]).bytes)
    }

    /// Gives the desk an order; the reply comes when it is on disk and in force, or refused.
    func order(_ request: ControlRequest) async -> ControlReply {
        do throws(DocumentProblem) {
            let document = try OrderDocument(request.body)
            return await carryOut(document, from: request.peer)
        } catch {
            return .failure(status: 400, code: "bad_document", message: error.description)
        }
    }

    /// Ends one override by its number.
    func end(_ request: ControlRequest) async -> ControlReply {
        guard let id = request.parameters["id"].flatMap({ Int($0) }) else {
            return .failure(
                status: 404, code: "no_override", message: "an override has a number; GET /v1/overrides lists them")
        }
        return await carryOut(OrderDocument(order: .end(id: id)), from: request.peer)
    }

    private func carryOut(_ document: OrderDocument, from peer: ControlPeer) async -> ControlReply {
        let who = document.who ?? Operator(user: house.accountName(peer.user))
        let order = document.order(closingWith: house.status().closingTexts.first ?? "")
        do throws(OverrideError) {
            return .json(try await desk.carryOut(order, by: who).document.bytes)
        } catch {
            return .failure(status: error.httpStatus, code: error.code, message: error.description)
        }
    }
}

extension OverrideError {
    /// The HTTP status that says about the same.
    fileprivate var httpStatus: Int {
        switch self {
        case .unknownGroup, .unknownLine, .noOverride: 404
        case .noScope, .emptyText, .textTooLong, .reasonTooLong, .timeIsPast, .tooLong: 400
        case .noChangeAhead, .nothingClosed, .closedWider, .nothingForced, .noGreeting, .nothingToUndo: 409
        case .notDurable: 503
        }
    }
}
