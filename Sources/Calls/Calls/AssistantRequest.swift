// SPDX-License-Identifier: Apache-2.0

/// The platform's request for how to answer an inbound call, sent before it picks up.
package final class AssistantRequest: Sendable {
    /// Empty where the platform does not name the call.
    package let callID: CallID
    package let callType: String
    package let caller: Party
    package let called: Party
    /// The name that the platform has for the line; untrusted until it is cleaned.
    package let calledName: String?
    package let dialect: Dialect
    /// The numbers as the platform spelled them; `nil` where both are plain E.164 or missing.
    package let asSent: NumbersAsSent?

    package init(
        callID: CallID, callType: String, caller: Party, called: Party, calledName: String?, dialect: Dialect,
        asSent: NumbersAsSent? = nil
    ) {
        self.callID = callID
        self.callType = callType
        self.caller = caller
        self.called = called
        self.calledName = calledName
        self.dialect = dialect
        self.asSent = asSent
    }

    /// The same request under another call id.
    package func named(_ id: CallID) -> AssistantRequest {
        AssistantRequest(
            callID: id, callType: callType, caller: caller, called: called, calledName: calledName, dialect: dialect,
            asSent: asSent)
    }

    /// The same request with numbers that were read.
    func with(caller: Party, called: Party) -> AssistantRequest {
        AssistantRequest(
            callID: callID, callType: callType, caller: caller, called: called, calledName: calledName,
            dialect: dialect, asSent: asSent)
    }
}

extension AssistantRequest: Hashable {
    package static func == (left: AssistantRequest, right: AssistantRequest) -> Bool {
        left.callID == right.callID && left.callType == right.callType && left.caller == right.caller
            && left.called == right.called && left.calledName == right.calledName && left.dialect == right.dialect
            && left.asSent == right.asSent
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(callID)
        hasher.combine(caller)
        hasher.combine(called)
    }
}

/// The spelling of keys that a webhook uses, and in which it is answered (docs/platform.md, Dialects).
package enum Dialect: Hashable, Sendable, CaseIterable {
    /// `phone_number`, `first_message`: the documented form.
    case snakeCase
    /// `phoneNumber`, `firstMessage`: the form of December 2025, L1.
    case camelCase
}
