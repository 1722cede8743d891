// SPDX-License-Identifier: Apache-2.0

import ControlServer
import WireFormat

extension ControlAPI {
    /// Removes a person's number from everything that the server keeps.
    func forget(_ request: ControlRequest) async -> ControlReply {
        let wish: ForgettingWish
        do throws(DocumentProblem) {
            wish = try ForgettingWish(request.body)
        } catch {
            return .failure(status: 400, code: "bad_document", message: error.description)
        }
        do throws(ControlProblem) {
            return .json(try await dependencies.forget(wish.number, who(wish.who, request.peer)).document)
        } catch {
            return .failure(status: error.status, code: error.code, message: error.message)
        }
    }
}
