// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import ControlServer
import WireFormat
import EventLog

extension ControlAPI {
    func status() -> ControlReply {
        .json(house.status().document(totals: log.snapshot().totals))
    }

    /// What a call would get that has not happened, with the overrides in force.
    func explain(_ request: ControlRequest) async -> ControlReply {
        do throws(DocumentProblem) {
            let fields = try ObjectReader(request.body)
            try fields.allow(only: ["from", "to", "at"])
            let (caller, called) = (try fields.text("from"), try fields.text("to"))
            return await explained(caller, called, at: try fields.optionalInstant("at"))
        } catch {
            return .failure(status: 400, code: "bad_document", message: error.description)
        }
    }

    private func explained(_ caller: String, _ called: String, at moment: Instant?) async -> ControlReply {
        do throws(ControlProblem) {
            return .json(try await house.explain(caller, called, moment))
        } catch {
            return .failure(status: error.status, code: error.code, message: error.message)
        }
    }

    func reload() async -> ControlReply {
        guard let report = await house.reload() else {
            return .failure(status: 409, code: "no_rules_file", message: "the rules of this server come from no file")
        }
        return .json(report.document)
    }
}
