// SPDX-License-Identifier: Apache-2.0

/// The question of the platform before it picks up: how this call shall be answered.
package struct AssistantRequest: Hashable, Sendable {
    /// Empty where the platform does not name the call.
    package let callID: CallID
    package let callType: String
    package let caller: Party
    package let called: Party
    /// The name that the platform has for the line; hostile until it is cleaned.
    package let calledName: String?
    package let dialect: Dialect

    package init(
        callID: CallID, callType: String, caller: Party, called: Party, calledName: String?, dialect: Dialect
    ) {
        self.callID = callID
        self.callType = callType
        self.caller = caller
        self.called = called
        self.calledName = calledName
        self.dialect = dialect
    }

    /// The same question about a call of that name.
    package func named(_ id: CallID) -> AssistantRequest {
        AssistantRequest(
            callID: id, callType: callType, caller: caller, called: called, calledName: calledName, dialect: dialect)
    }
}
