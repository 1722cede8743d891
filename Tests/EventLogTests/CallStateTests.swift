// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport
import Testing

/// How a call moves on with its webhooks, in whatever order they come.
@Suite struct CallStateTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let call: @Sendable () -> CallSample
        let state: CallState
        let confirmation: Calls.Confirmation

        init(
            _ name: String, _ call: @escaping @Sendable @autoclosure () -> CallSample, state: CallState,
            confirmation: Calls.Confirmation
        ) {
            testDescription = name
            self.call = call
            self.state = state
            self.confirmation = confirmation
        }
    }

    private static let call = { @Sendable in CallSample("a") }
    private static let inProgress = Webhook.Event.status(.inProgress, reason: nil)
    private static let ended = Webhook.Event.status(.ended, reason: nil)
    private static let report = Webhook.Event.report(CallReport(seconds: 41, summary: "", endReason: nil))
    private static let live = CallState.live(since: Instant(microseconds: Instant.sample.microseconds + 2_000_000))

    static let examples = [
        Example("an answered call rings", call(), state: .ringing, confirmation: .unconfirmed),
        Example(
            "a default answer expects no echo", call().standard(), state: .ringing, confirmation: .notExpected),
        Example("a refused call is over", call().rejected(), state: .rejected, confirmation: .notExpected),
        Example(
            "the tag comes back", call().then(inProgress, after: 2, echo: .decision("d-a")), state: live,
            confirmation: .applied),
        Example(
            "another tag comes back", call().then(inProgress, after: 2, echo: .decision("d-b")), state: live,
            confirmation: .notApplied),
        Example(
            "an assistant without the tag", call().then(inProgress, after: 2, echo: .untagged), state: live,
            confirmation: .notApplied),
        Example(
            "no assistant in the webhook tells nothing", call().then(inProgress, after: 2), state: live,
            confirmation: .unconfirmed),
        Example(
            "what was applied stays applied",
            call().then(inProgress, after: 2, echo: .decision("d-a")).then(ended, after: 9, echo: .untagged),
            state: .ended(seconds: 7), confirmation: .applied),
        Example(
            "an untagged default is not called unapplied",
            call().standard().then(inProgress, after: 2, echo: .untagged),
            state: live, confirmation: .notExpected),
        Example(
            "the report knows the length",
            call().then(inProgress, after: 2).then(ended, after: 9).then(report, after: 12),
            state: .ended(seconds: 41), confirmation: .unconfirmed),
        Example(
            "the report may come first", call().then(report, after: 8).then(ended, after: 9),
            state: .ended(seconds: 41), confirmation: .unconfirmed),
        Example(
            "a late status brings no call back", call().then(ended, after: 9).then(inProgress, after: 10),
            state: .ended(seconds: nil), confirmation: .unconfirmed),
        Example(
            "a failed call stays failed",
            call().then(.status(.endedWithError, reason: "TTS refused"), after: 3).then(report, after: 4),
            state: .failed(reason: "TTS refused"), confirmation: .unconfirmed),
        Example(
            "a call that never came about",
            call().then(.status(CallStatus("insufficient-credits"), reason: nil), after: 3),
            state: .failed(reason: "insufficient-credits"), confirmation: .unconfirmed),
        Example(
            "the platform may give a reason", call().then(.status(.rejected, reason: "blocked"), after: 3),
            state: .failed(reason: "blocked"), confirmation: .unconfirmed),
        Example(
            "an empty status says nothing", call().then(.status(CallStatus(""), reason: nil), after: 3),
            state: .ringing, confirmation: .unconfirmed),
        Example(
            "only a live call calls tools", call().then(.toolCalls(names: ["book"]), after: 2), state: live,
            confirmation: .unconfirmed),
        Example(
            "an unknown status is shown", call().then(.status(CallStatus("transferred"), reason: nil), after: 3),
            state: .other(CallStatus("transferred")), confirmation: .unconfirmed),
        Example(
            "a refused caller who got in all the same", call().rejected().then(inProgress, after: 2), state: live,
            confirmation: .notApplied),
        Example(
            "a call of which only news came", call().with(\.isAsked, false).then(inProgress, after: 2), state: live,
            confirmation: .notExpected),
    ]

    @Test(arguments: examples) func movesOn(_ example: Example) throws {
        let sample = example.call()
        let log = EventLog.sample([sample])
        let snapshot = log.snapshot()
        let record = try #require(snapshot[snapshot.sequences.lowerBound])
        #expect(record.state == example.state)
        #expect(record.confirmation == example.confirmation)
        #expect(record.timeline.count == sample.news.count + (sample.isAsked ? 1 : 0))
        #expect(snapshot.sequences.count == 1, "one call is one row")
    }
}
