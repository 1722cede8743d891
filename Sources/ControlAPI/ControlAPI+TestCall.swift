// SPDX-License-Identifier: Apache-2.0

import ControlServer
import WireFormat

extension ControlAPI {
    /// Has the server send a signed test call to itself; the reply comes with the answer to its first webhook.
    func testCall(_ request: ControlRequest) async -> ControlReply {
        let asked: TestCallRequest
        do throws(DocumentProblem) {
            asked = try TestCallRequest(request.body)
        } catch {
            return .failure(status: 400, code: "bad_document", message: error.description)
        }
        do throws(ControlProblem) {
            return .json(try await dependencies.testCall(asked).document)
        } catch {
            return .failure(status: error.status, code: error.code, message: error.message)
        }
    }
}
