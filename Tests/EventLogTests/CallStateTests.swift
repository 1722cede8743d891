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
    private static func status(_ text: String) -> Webhook.Event { .status(CallStatus(text), reason: nil) }
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
            "row 12: a late ringing", call().then(inProgress, after: 2).then(status("ringing"), after: 3), state: live,
            confirmation: .unconfirmed),
        row(
            "row 12: a late connecting, and the length",
            call().then(inProgress, after: 2).then(status("connecting"), after: 3).then(ended, after: 9),
            state: .ended(seconds: 7), confirmation: .unconfirmed),
        row(
            "row 12: a late status that we do not know",
            call().then(inProgress, after: 2).then(status("warming-up"), after: 3), state: live,
            confirmation: .unconfirmed),
        row(
            "row 12: ringing twice", call().then(status("ringing"), after: 1), state: .ringing,
            confirmation: .unconfirmed),
        row(
            "row 12: queued, then ringing", call().then(status("queued"), after: 1).then(status("ringing"), after: 2),
            state: .ringing, confirmation: .unconfirmed),
        row(
            "row 12: transferred, then a late in-progress, and the length",
            call().then(inProgress, after: 2).then(status("transferred"), after: 5).then(inProgress, after: 6)
                .then(ended, after: 9), state: .ended(seconds: 7), confirmation: .unconfirmed),
        row(
            "row 12: a report before the failure",
            call().then(report, after: 8).then(.status(.endedWithError, reason: "TTS"), after: 9),
            state: .failed(reason: "TTS"), confirmation: .unconfirmed),
        row(
            "row 12: a report without a length keeps the known one",
            call().then(inProgress, after: 2).then(ended, after: 9)
                .then(.report(CallReport(seconds: nil, summary: "", endReason: nil)), after: 12),
            state: .ended(seconds: 7), confirmation: .unconfirmed),
        row(
            "row 12: a report of a rejected call",
            call().rejected().then(report, after: 4), state: .rejected, confirmation: .notExpected),
        row(
            "row 12: failed, then everything else",
            call().then(.status(.endedWithError, reason: nil), after: 3).then(inProgress, after: 4)
                .then(status("ringing"), after: 5).then(ended, after: 6), state: .failed(reason: nil),
            confirmation: .unconfirmed),
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
