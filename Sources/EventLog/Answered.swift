// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One assistant-request with its answer; a class, since it is handed on several times for each call.
package final class Answered: Sendable {
    package let request: AssistantRequest
    /// The request as it came, byte for byte.
    package let body: [UInt8]
    package let decision: Decision
    /// The answer as it went out, byte for byte.
    package let reply: [UInt8]
    package let receivedAt: Instant
    /// From the first byte of the request to the finished answer, in microseconds.
    package let microseconds: UInt64

    package init(
        request: AssistantRequest, body: [UInt8], decision: Decision, reply: [UInt8], receivedAt: Instant,
        microseconds: UInt64
    ) {
        self.request = request
        self.body = body
        self.decision = decision
        self.reply = reply
        self.receivedAt = receivedAt
        self.microseconds = microseconds
    }

    /// The answer in words, such as `greeting "Hello Jan"`; may hold text from outside.
    package var words: String { decision.reasoning.words(of: decided) }

    /// What contact sources and other servers said; empty if none was asked.
    package var lookups: [Step] { decision.reasoning.lookups(of: decided) }

    /// What the contact sources said of the caller; `nil` where they were not asked, or it is not known any more.
    package var contact: ContactLookup? { decision.reasoning.contact }

    /// The steps that led to the answer, computed again while the rules that decided are in memory.
    package var steps: [Step] { decision.reasoning.steps(of: decided) }

    private var decided: DecidedCall {
        DecidedCall(request: request, at: receivedAt, decision: decision, reply: reply)
    }
}
