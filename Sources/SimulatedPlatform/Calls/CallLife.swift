// SPDX-License-Identifier: Apache-2.0

import Calls

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
