// SPDX-License-Identifier: Apache-2.0

/// The platform's request for how to answer an inbound call, sent before it picks up.
package struct AssistantRequest: Hashable, Sendable {
    /// Empty where the platform does not name the call.
    package let callID: CallID
    package let callType: String
    package let caller: Party
    package let called: Party
    /// The name that the platform has for the line; untrusted until it is cleaned.
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

    /// The same request under another call id.
    package func named(_ id: CallID) -> AssistantRequest {
        AssistantRequest(
            callID: id, callType: callType, caller: caller, called: called, calledName: calledName, dialect: dialect)
    }
}

/// The spelling of keys that a webhook uses, and in which it is answered (docs/platform.md, Dialects).
package enum Dialect: Hashable, Sendable, CaseIterable {
    /// `phone_number`, `first_message`: the documented form.
    case snakeCase
    /// `phoneNumber`, `firstMessage`: the form of December 2025, L1.
    case camelCase
}
