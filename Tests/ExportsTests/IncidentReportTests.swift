// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Exports
import Foundation
import Overrides
import Screen
import TestSupport
import Testing

@Suite struct IncidentReportTests {
    /// Compares a report with the golden file `Reports/NAME.md`; with `RECORD_SCREENS` set it is written instead.
    private static func expect(_ report: IncidentReport, matches name: String) throws {
        let file = Repository.root.appending(path: "Tests/ExportsTests/Reports/\(name).md")
        guard ProcessInfo.processInfo.environment["RECORD_SCREENS"] == nil else {
            try Data(report.text.utf8).write(to: file)
            Issue.record("recorded \(name), now read the difference")
            return
        }
        #expect(report.text == (try String(contentsOf: file, encoding: .utf8)))
    }

    private static func report(
        _ calls: [CallSample], _ audit: [AuditEntry] = [], masks: Bool = false, after seconds: Int64 = 5400,
        since: Instant? = nil
    ) -> IncidentReport {
        var report = IncidentReport(
            Period(since: since),
            options: ExportOptions(
                masksNumbers: masks, clock: .fixed(7200), now: .sample.advanced(bySeconds: seconds)))
        let log = EventLog.sample(calls).snapshot()
        for sequence in log.sequences { if let call = log[sequence] { report.add(call) } }
        for entry in audit { report.add(entry) }
        return report
    }

    private static let anna = Operator(user: "anna", terminal: "pts/3", host: "desk1")

    private static func closure(_ id: Int, until: Instant? = nil, at seconds: Int64 = 300) -> Override {
        Override(
            id: id, kind: .closed(says: "Sorry, we are closed: fire drill."), scope: .group("amsterdam"),
            reason: "fire drill", who: anna, since: .sample.advanced(bySeconds: seconds), until: until)
    }

    private static func entry(
        _ number: Int, _ event: AuditEntry.Event, _ override: Override, at seconds: Int64, _ who: Operator?
    )
        -> AuditEntry
    {
        AuditEntry(
            number: number, at: .sample.advanced(bySeconds: seconds), who: who, event: event, override: override,
            old: nil)
    }

    /// Nobody calls back whom an operator blocked; why and until when is in the list of what operators did.
    @Test func aBlockedCallerIsCountedAndNotToBeCalledBack() {
        let caller: PhoneNumber = "+31655501234"
        let block = CallerOverride(
            id: 1, kind: .blocked(says: "No."), caller: caller, reason: "prank calls", who: Self.anna, since: .sample,
            until: .sample.advanced(bySeconds: 600))
        let entry = AuditEntry(number: 1, at: .sample, who: Self.anna, content: .caller(.begun, block, old: nil))
        let blocked = CallSample("c-1", from: "+31655501234").rejected(by: .block)
        let text = Self.report([blocked], [entry]).text
        #expect(text.contains("1 by block"))
        #expect(!text.contains("to call back"))
        #expect(text.contains("until 14:10, 10 min: its time was over") && text.contains("reason: prank calls"))
        #expect(text.contains("the caller heard: \"No.\""))
        #expect(text.contains("## Turned away\n\n1 call of blocked callers is not listed.\n"))
        let closed = CallSample("c-2", from: "+31655501235", at: 1).rejected()
        let both = Self.report([blocked, closed]).text
        #expect(both.contains("to call back") && both.contains("| +31655501235 |"))
        #expect(!both.contains("| +31655501234 |"))
    }

    /// An hour and a half with a closure, callers who were turned away, and failures.
    private static let incident: IncidentReport = {
        let calls: [CallSample] = (0..<60).map { index in
            let call = CallSample("c-\(index)", from: "+3161234567\(index % 7)", at: Double(index) * 60)
                .with(\.microseconds, UInt64(300 + index * 10))
            switch index {
            case 5..<45: return call.rejected(by: .override(.group("amsterdam")))
            case 50:
                return call.then(.status(.endedWithError, reason: "pipeline-error-openai-llm-failed"), after: 3)
                    .noted("Call back, she was upset.").marked()
            case 49: return call.live().ended().marked()
            case 51: return call.with(\.by, .deadline).with(\.microseconds, 4_100_000)
            case 52: return call.then(.status(.inProgress, reason: nil), after: 2, echo: .untagged)
            case 53: return CallSample("c-53", from: nil, at: 3180).rejected(by: .hours("office"))
            default: return call.live().ended()
            }
        }
        let first = closure(1)
        let audit = [
            entry(1, .begun, first, at: 300, anna),
            AuditEntry(
                number: 2, at: .sample.advanced(bySeconds: 600), who: anna,
                content: .note("Carrier called, outage confirmed.")),
            entry(3, .takenBack, first, at: 2700, Operator(user: "bob")),
        ]
        return report(calls, audit)
    }()

    @Test func anIncidentIsOnePage() throws { try Self.expect(Self.incident, matches: "incident") }

    @Test func hostileTextsStayTexts() throws {
        let hostile = "**x** | <img src=x> [a](http://evil)\n# h `c` \u{202E}\u{1B}[2J"
        let override = Override(
            id: 1, kind: .greeting(hostile), scope: .all, reason: hostile, who: Operator(user: hostile),
            since: .sample, until: nil)
        let calls = [
            CallSample("c-1", from: hostile).with(\.calledName, hostile).rejected(hostile, by: .rule(hostile)),
            CallSample("c-2").then(.status(.endedWithError, reason: hostile), after: 1),
            CallSample("c-3").greeted(hostile).then(.status(.inProgress, reason: nil), after: 2, echo: .untagged)
                .noted(hostile),
        ]
        let report = Self.report(
            calls, [Self.entry(1, .begun, override, at: 0, nil)], masks: true)
        try Self.expect(report, matches: "hostile")
        #expect(report.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" || $0 == "\n" })
    }

    @Test func itIsReadableIn80Columns() {
        for line in Self.incident.text.split(separator: "\n") {
            #expect(DisplayWidth.of(String(line)) <= 80, "\(line)")
        }
    }

    @Test func anOverrideEndsAtItsTimeAlsoWithoutALineOfTheAudit() {
        let closure = Self.closure(1, until: .sample.advanced(bySeconds: 2100))
        let text = Self.report([], [Self.entry(1, .begun, closure, at: 300, Self.anna)], after: 86_400).text
        #expect(text.contains("30 min: its time was over"), "\(text)")
        #expect(text.contains("callers heard:"))
        #expect(!text.contains("in force for"))
    }

    @Test func anOverrideInForceIsThereWithoutItsBeginning() {
        var report = Self.report([], [], since: .sample)
        report.add(inForce: [Self.closure(1, at: -172_800)])
        #expect(report.text.contains("closed group amsterdam"))
        #expect(report.text.contains("in force for"))
        // One that the audit has is there once.
        var both = Self.report([], [Self.entry(1, .begun, Self.closure(1), at: 300, Self.anna)])
        both.add(inForce: [Self.closure(1)])
        #expect(both.text.components(separatedBy: "closed group amsterdam").count == 2)
    }

    /// It is there with its beginning, its end or neither in the period, like a closure.
    @Test func aBlockFromBeforeThePeriodIsThere() {
        let block = CallerOverride(
            id: 7, kind: .blocked(says: "No."), caller: "+31655501234", reason: "prank calls", who: Self.anna,
            since: .sample.advanced(bySeconds: -3600), until: nil)
        func entry(_ number: Int, _ event: AuditEntry.Event, _ seconds: Int64) -> AuditEntry {
            AuditEntry(
                number: number, at: .sample.advanced(bySeconds: seconds), who: Self.anna,
                content: .caller(event, block, old: nil))
        }
        let begun = entry(1, .begun, -3600)
        let inForce = Self.report([], [begun], since: .sample).text
        #expect(inForce.contains("- 2026-07-01 13:00 blocked caller +31655501234\\\n  in force for 2 h 30 min"))
        #expect(inForce.contains("the caller hears: \"No.\""))
        let ended = Self.report([], [begun, entry(2, .takenBack, 600)], since: .sample).text
        #expect(ended.contains("until 14:10, 70 min: taken back by anna"))
        #expect(ended.components(separatedBy: "blocked caller").count == 2)
        let over = Self.report([], [begun, entry(2, .takenBack, -60)], since: .sample).text
        #expect(!over.contains("blocked caller"))
        var known = Self.report([], since: .sample)
        known.add(inForce: [block])
        #expect(known.text.contains("blocked caller +31655501234"))
    }

    @Test func callsThatTheRecordLostAreMissing() {
        var report = Self.report([CallSample("a", at: 60)])
        #expect(!report.text.contains("missing"))
        report.noteMissing(before: .sample.advanced(bySeconds: 60))
        #expect(report.text.contains("Older calls are missing: the record begins 2026-07-01 14:01.\n"))
        report.noteMissing(before: nil)
        #expect(report.text.contains("Older calls are missing: the record has none any more.\n"))
        report.noteEvicted(12)
        #expect(report.text.contains("Older calls are missing: 12 were evicted from memory.\n"))
    }

    /// The clock is set back by an hour at 01:00 UTC.
    @Test func timesThatTheClockShowsTwiceHaveTheirOffset() throws {
        let turn = try #require(Instant(iso8601: "2026-10-25T01:00:00Z"))
        func text(_ since: Int64, _ until: Int64) -> String {
            IncidentReport(
                Period(since: turn.advanced(bySeconds: since), until: turn.advanced(bySeconds: until)),
                options: ExportOptions(
                    clock: LocalClock { $0 < turn ? 7200 : 3600 }, now: turn.advanced(bySeconds: 86_400))
            ).text
        }
        #expect(text(-2700, 900).contains("\n2026-10-25 02:15+02:00 to 02:15+01:00, 60 min.\n"))
        #expect(text(-7200, 3600).contains("\n2026-10-25 01:00 to 03:00, 3 h"))
    }

    @Test func aPeriodThatGoesOnEndsNow() {
        var report = IncidentReport(
            Period(since: .sample, until: .sample.advanced(bySeconds: 86_400 * 30)),
            options: ExportOptions(clock: .fixed(7200), now: .sample.advanced(bySeconds: 600)))
        report.add(inForce: [Override]())
        #expect(report.text.contains("\n2026-07-01 14:00 to 14:10, 10 min.\n"))
    }

    @Test func whoGotThroughIsSaidOfTheFirstCallThatWasInProgress() {
        let number = "+31655501234"
        let calls = [
            CallSample("a", from: number).rejected(by: .hours("office")),
            CallSample("b", from: number, at: 600), CallSample("c", from: number, at: 1200).live(),
            CallSample("d", from: number, at: 1800).live().ended(),
            CallSample("e", from: "+31655509999", at: 60).rejected(by: .block),
        ]
        let text = Self.report(calls).text
        #expect(text.contains("| hours | 14:20  |"), "\(text)")
        #expect(text.contains("1 call of blocked callers is not listed."))
    }

    @Test func withoutCallsItSaysSo() {
        let text = Self.report([]).text
        #expect(text.contains("No calls."))
        #expect(text.contains("Nothing."))
    }

    @Test func maskedItHasNoNumber() {
        let text = Self.report([CallSample("c").rejected()], masks: true).text
        #expect(!text.contains("612345678"))
        #expect(text.contains("678"))
    }

    @Test func onlyOverridesOfThePeriodAreThere() {
        let early = Self.closure(1, at: -9000)
        let late = Self.closure(2, at: 300)
        let audit = [
            Self.entry(1, .begun, early, at: -9000, Self.anna), Self.entry(2, .expired, early, at: -8000, nil),
            Self.entry(3, .begun, late, at: 300, Self.anna),
        ]
        let text = Self.report([], audit, since: .sample).text
        #expect(text.components(separatedBy: "closed group amsterdam").count == 2)
        #expect(text.contains("in force for"))
    }
}
