// SPDX-License-Identifier: Apache-2.0

package import Calls

extension AssistantRequest {
    /// A call to the sample line, with what a test cares about.
    package static func sample(
        id: String = "c-0001", from: String? = "+31612345678", to: String? = "+31850835037",
        calledName: String? = "Platform's name", type: String = "inbound_phone_call", dialect: Dialect = .snakeCase
    ) -> AssistantRequest {
        AssistantRequest(
            callID: CallID(id), callType: type, caller: Party(from), called: Party(to),
            calledName: calledName, dialect: dialect)
    }
}
