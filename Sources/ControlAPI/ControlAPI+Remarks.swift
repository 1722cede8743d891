// SPDX-License-Identifier: Apache-2.0

import Calls
import ControlServer
import Overrides
import WireFormat

extension ControlAPI {
    /// Marks a call, writes a note on it, or takes that back; the reply comes once the audit has it.
    func remark(
        _ request: ControlRequest, withText: Bool = false, _ change: (String) -> RemarkChange
    ) async -> ControlReply {
        do throws(DocumentProblem) {
            let document = try RemarkRequest(request.body, withText: withText)
            let call = CallID(request.parameters["id"] ?? "")
            let command = OverrideCommand.remark(change(document.text), on: call)
            return await carryOut(CommandDocument(command: command, who: document.who), from: request.peer)
        } catch {
            return .failure(status: 400, code: "bad_document", message: error.description)
        }
    }
}
