// SPDX-License-Identifier: Apache-2.0

import Calls

/// A call with its timing: what happens, and after which pause.
package struct CallPlan: Hashable, Sendable {
    package let call: SimulatedCall
    /// What follows the assistant-request, if the call is let in.
    package let steps: [Step]

    package init(call: SimulatedCall, steps: [Step]) {
        self.call = call
        self.steps = steps
    }

    /// One thing that happens to a call.
    package struct Step: Hashable, Sendable {
        /// How long after the step before it.
        package let after: Duration
        package let what: Happening

        package init(after: Duration, what: Happening) {
            self.after = after
            self.what = what
        }
    }

    /// What may happen to a call that was let in.
    package enum Happening: Hashable, Sendable {
        case pickedUp
        case toolCalled(name: String)
        case ended(reason: String)
        case failed(String)
        case reported
    }
}

extension CallPlan {
    /// Plans a call that lives for 5 to 40 seconds, as a demonstration wants it.
    init(living call: SimulatedCall, using random: inout some RandomNumberGenerator) {
        let ringing = Duration.milliseconds(Int.random(in: 700...2500, using: &random))
        let talk = Duration.milliseconds(Int.random(in: 3000...34_000, using: &random))
        let report = Duration.milliseconds(Int.random(in: 1000...3000, using: &random))
        var steps = [Step(after: ringing, what: .pickedUp)]
        var rest = talk
        if let tool = call.conversation.tool {
            steps.append(Step(after: talk / 2, what: .toolCalled(name: tool)))
            rest -= talk / 2
        }
        let fails = Int.random(in: 0..<16, using: &random) == 0
        let reason = Int.random(in: 0..<4, using: &random) == 0 ? "assistant_hangup" : "user_hangup"
        let end = fails ? Happening.failed("TTS provider did not answer") : .ended(reason: reason)
        steps += [Step(after: rest, what: end), Step(after: report, what: .reported)]
        self.init(call: call, steps: steps)
    }

    /// Plans a test call: only the question, or the whole life at an even pace.
    package static func test(_ call: SimulatedCall, whole: Bool, pause: Duration) -> CallPlan {
        guard whole else { return CallPlan(call: call, steps: []) }
        let tool = call.conversation.tool.map { [Happening.toolCalled(name: $0)] } ?? []
        let happenings = [.pickedUp] + tool + [.ended(reason: "user_hangup"), .reported]
        return CallPlan(call: call, steps: happenings.map { Step(after: pause, what: $0) })
    }
}

/// What has become of a call so far, so that its later webhooks agree with the earlier ones.
struct CallLife {
    private var startedAt: Instant
    private var endedAt: Instant?
    private var endReason = "user_hangup"
    /// How long the answer lets the call last from its pick-up, less the pauses that went by.
    private var left: Duration?

    init(startedAt: Instant, mostSeconds: Int64?) {
        self.startedAt = startedAt
        left = mostSeconds.map { .seconds($0) }
    }

    /// Returns how long to wait for a step; a call is cut off at the longest that the answer allows.
    mutating func pause(before step: CallPlan.Step) -> Duration {
        guard let left, isTalking(before: step.what) else { return step.after }
        guard step.after > left else {
            self.left = left - step.after
            return step.after
        }
        self.left = .zero
        return left
    }

    /// Returns the webhook of a step; a tool is not called in a call that was cut off.
    mutating func event(for happening: CallPlan.Happening, at now: Instant) -> CallEvent? {
        let isCutOff = left == .zero
        switch happening {
        case .pickedUp:
            startedAt = now
            return .inProgress
        case .toolCalled(let name): return isCutOff ? nil : .toolCalls(name: name)
        case .ended(let reason):
            endedAt = now
            endReason = isCutOff ? "max_duration" : reason
            return .ended(reason: endReason)
        case .failed(let error):
            endedAt = now
            endReason = "error"
            return .endedWithError(error)
        case .reported:
            let length = CallEvent.CallLength(startedAt: startedAt, endedAt: endedAt ?? now, endReason: endReason)
            return .report(length)
        }
    }

    private func isTalking(before happening: CallPlan.Happening) -> Bool {
        switch happening {
        case .toolCalled, .ended, .failed: true
        case .pickedUp, .reported: false
        }
    }
}
