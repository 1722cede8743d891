// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport
import Testing

/// How a call moves on with its webhooks, in whatever order they come.
@Suite struct CallStateTests {
    /// What a call has come to.
    struct End: Sendable {
        let state: CallState
        let confirmation: Calls.Confirmation
    }

    private static func row(
        _ name: String, _ call: @escaping @Sendable @autoclosure () -> CallSample, state: CallState,
        confirmation: Calls.Confirmation
    ) -> Row<@Sendable () -> CallSample, End> {
        Row(name, call, End(state: state, confirmation: confirmation))
    }

    private static let call = { @Sendable in CallSample("a") }
    private static let inProgress = Webhook.Event.status(.inProgress, reason: nil)
    private static let ended = Webhook.Event.status(.ended, reason: nil)
    private static let report = Webhook.Event.report(CallReport(seconds: 41, summary: "", endReason: nil))
    private static let live = CallState.live(since: Instant(microseconds: Instant.sample.microseconds + 2_000_000))

    static let examples = [
        row("an answered call rings", call(), state: .ringing, confirmation: .unconfirmed),
        row(
            "a default answer expects no echo", call().standard(), state: .ringing, confirmation: .notExpected),
        row("a refused call is over", call().rejected(), state: .rejected, confirmation: .notExpected),
        row(
            "the tag comes back", call().then(inProgress, after: 2, echo: .decision("d-a")), state: live,
            confirmation: .applied),
        row(
            "another tag comes back", call().then(inProgress, after: 2, echo: .decision("d-b")), state: live,
            confirmation: .notApplied),
        row(
            "an assistant without the tag", call().then(inProgress, after: 2, echo: .untagged), state: live,
            confirmation: .notApplied),
        row(
            "a webhook without an assistant confirms nothing", call().then(inProgress, after: 2), state: live,
            confirmation: .unconfirmed),
        row(
            "what was applied stays applied",
            call().then(inProgress, after: 2, echo: .decision("d-a")).then(ended, after: 9, echo: .untagged),
            state: .ended(seconds: 7), confirmation: .applied),
        row(
            "an untagged default is not called unapplied",
            call().standard().then(inProgress, after: 2, echo: .untagged),
            state: live, confirmation: .notExpected),
        row(
            "the report knows the length",
            call().then(inProgress, after: 2).then(ended, after: 9).then(report, after: 12),
            state: .ended(seconds: 41), confirmation: .unconfirmed),
        row(
            "the report may come first", call().then(report, after: 8).then(ended, after: 9),
            state: .ended(seconds: 41), confirmation: .unconfirmed),
        row(
            "a late status brings no call back", call().then(ended, after: 9).then(inProgress, after: 10),
            state: .ended(seconds: nil), confirmation: .unconfirmed),
        row(
            "a failed call stays failed",
            call().then(.status(.endedWithError, reason: "TTS refused"), after: 3).then(report, after: 4),
            state: .failed(reason: "TTS refused"), confirmation: .unconfirmed),
        row(
            "a call that never came about",
            call().then(.status(CallStatus("insufficient-credits"), reason: nil), after: 3),
            state: .failed(reason: "insufficient-credits"), confirmation: .unconfirmed),
        row(
            "the platform may give a reason", call().then(.status(.rejected, reason: "blocked"), after: 3),
            state: .failed(reason: "blocked"), confirmation: .unconfirmed),
        row(
            "an empty status says nothing", call().then(.status(CallStatus(""), reason: nil), after: 3),
            state: .ringing, confirmation: .unconfirmed),
        row(
            "only a live call calls tools", call().then(.toolCalls(names: ["book"]), after: 2), state: live,
            confirmation: .unconfirmed),
        row(
            "an unknown status is shown", call().then(.status(CallStatus("transferred"), reason: nil), after: 3),
            state: .other(CallStatus("transferred")), confirmation: .unconfirmed),
        row(
            "a refused caller who got in all the same", call().rejected().then(inProgress, after: 2), state: live,
            confirmation: .notApplied),
        row(
            "a call of which only news came", call().with(\.isAsked, false).then(inProgress, after: 2), state: live,
            confirmation: .notExpected),
    ]

    @Test(arguments: examples) func movesOn(_ row: Row<@Sendable () -> CallSample, End>) throws {
        let sample = row.input()
        let log = EventLog.sample([sample])
        let snapshot = log.snapshot()
        let record = try #require(snapshot[snapshot.sequences.lowerBound])
        #expect(record.state == row.expected.state)
        #expect(record.confirmation == row.expected.confirmation)
        #expect(record.timeline.count == sample.news.count + (sample.isAsked ? 1 : 0))
        #expect(snapshot.sequences.count == 1, "one call is one row")
    }
}
