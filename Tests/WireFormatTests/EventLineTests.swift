// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import JSON
import Overrides
import WireFormat
import TestSupport
import Testing

@Suite struct EventLineTests {
    private func lines(_ log: EventLog) -> [String] {
        log.events(after: 0).events.map { String(decoding: StdoutLine.bytes($0), as: UTF8.self) }
    }

    @Test func aWholeCallIsPrintedLineByLine() {
        let call = CallSample("c-1").with(\.reply, "{}").live().then(.toolCalls(names: ["look_up"]), after: 9).ended()
        let of = #""id":"c-1","from":"+31612345678","to":"+31201234567","line":"Front desk""#
        #expect(
            lines(.sample([call])) == [
                #"{"event":"call","at":"2026-07-01T12:00:00.000Z",\#(of),"by":"rule vip","answer":{},"#
                    + #""latency_ms":0.400,"state":"ringing","applied":"unconfirmed"}"#,
                #"{"event":"status","at":"2026-07-01T12:00:02.080Z",\#(of),"status":"in-progress","#
                    + #""state":"live","applied":"applied"}"#,
                #"{"event":"tools","at":"2026-07-01T12:00:09.000Z",\#(of),"tools":["look_up"],"#
                    + #""state":"live","applied":"applied"}"#,
                #"{"event":"status","at":"2026-07-01T12:00:45.000Z",\#(of),"status":"ended","#
                    + #""state":"ended","applied":"applied"}"#,
                #"{"event":"report","at":"2026-07-01T12:00:48.000Z",\#(of),"seconds":41,"#
                    + #""end_reason":"user_hangup","summary":"Asked about opening hours.","#
                    + #""state":"ended","applied":"applied"}"#,
            ])
    }

    @Test func aRefusalNamesItsReasonAndPeer() {
        let log = EventLog.sample([])
        log.record(.stale(age: 400), from: "203.0.113.9", at: .sample)
        #expect(
            lines(log) == [
                #"{"event":"refused","at":"2026-07-01T12:00:00.000Z","reason":"stale_signature","#
                    + #""words":"\#(Refusal.stale(age: 400))","peer":"203.0.113.9"}"#
            ])
    }

    @Test func missedEventsAreCounted() {
        var bytes = Array("[".utf8)
        StdoutLine.append(dropped: 3, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == #"[{"event":"dropped","count":3}"#)
    }

    @Test func aRetryIsMarked() {
        let line = lines(.sample([CallSample("c-1").then(.assistantRequest, after: 1)])).last
        #expect(line?.contains(#""repeat":true,"state":"ringing""#) == true)
    }

    @Test func aChangeOfAnOverrideIsSaidInWords() {
        let log = EventLog.sample([])
        log.record(DeskEvent(at: .sample, words: "closed all lines"))
        #expect(lines(log) == [#"{"event":"desk","at":"2026-07-01T12:00:00.000Z","words":"closed all lines"}"#])
    }

    /// A program that follows the lines need not read the words.
    @Test func aDeskEventHasTheOverrideThatChanged() throws {
        let override = Override.sample(
            .closed(says: "Dicht."), .group("north"), id: 7, reason: "brand", until: .sample.advanced(bySeconds: 60))
        let jan = Operator(user: "jan", terminal: "pts/3", host: nil)
        let entries = [
            AuditEntry(number: 11, at: .sample, who: jan, event: .replaced, override: .sample(.forcedOpen), old: nil),
            AuditEntry(number: 12, at: .sample, who: jan, event: .begun, override: override, old: nil),
        ]
        let log = EventLog.sample([])
        log.record(DeskEvent(at: .sample, words: "jan closed group north", audit: entries))
        log.record(
            DeskEvent(
                at: .sample, words: "jan noted: x",
                audit: [
                    AuditEntry(number: 13, at: .sample, who: jan, content: .note("x"))
                ]))
        let documents = try lines(log).map { try #require(JSONReader.read(Array($0.utf8))) }
        let closed = try #require(documents.first)
        #expect(closed["change"] == "begun" && closed["kind"] == "closed" && closed["scope"] == "group north")
        #expect(closed["id"] == .number("7") && closed["reason"] == "brand" && closed["who"] == "jan (pts/3)")
        #expect(closed["until"] == "2026-07-01T12:01:00.000Z" && closed["audit"] == nil)
        guard case .array(let changes)? = closed["changes"] else { throw DocumentProblem(at: "changes", "missing") }
        #expect(changes.map { $0["change"] } == ["replaced", "begun"])
        #expect(documents.last?["kind"] == nil && documents.last?["who"] == "jan (pts/3)")
    }

    @Test(
        "row 19: a reload names its cause",
        arguments: [
            Row(
                "a saved file", ReloadCause.fileChanged,
                #""the file changed: used","who":null,"reload":{"cause":"file_changed"}"#),
            Row("SIGHUP", .signal, #""SIGHUP: used","who":null,"reload":{"cause":"signal"}"#),
            Row(
                "an operator", .operatorRequest(Operator(user: "jan", terminal: "pts/3", host: nil)),
                #""jan reloaded: used","who":"jan (pts/3)","reload":{"cause":"request","by":{"user":"jan","terminal":"pts/3","host":null}}"#
            ),
        ])
    func aReloadNamesItsCause(row: Row<ReloadCause, String>) {
        let log = EventLog.sample([])
        log.record(DeskEvent(at: .sample, reload: row.input, result: "used"))
        #expect(
            lines(log) == [#"{"event":"desk","at":"2026-07-01T12:00:00.000Z","words":"# + row.expected + "}"])
    }

    /// Overrides that expired since the change before are in the audit of the next command.
    @Test func whatExpiredBeforeDoesNotHideWhoDidIt() throws {
        let jan = Operator(user: "jan")
        let entries = [
            AuditEntry(number: 1, at: .sample, who: nil, event: .expired, override: .sample(.forcedOpen), old: nil),
            AuditEntry(number: 2, at: .sample, who: jan, content: .note("x")),
        ]
        let log = EventLog.sample([])
        log.record(DeskEvent(at: .sample, words: "jan noted: x", audit: entries))
        #expect(lines(log).first?.contains(#""who":"jan""#) == true)
    }

    @Test func aWebhookWithoutACallIsAStray() {
        #expect(
            lines(.sample([CallSample("").with(\.isAsked, false).then(.other(type: "ping"), after: 1)])) == [
                #"{"event":"stray","at":"2026-07-01T12:00:01.000Z","type":"ping"}"#
            ])
    }

    @Test func everyLineOfAnEventIsStrictJSON() throws {
        let hostile = "\u{1B}\u{07}\"\\\n\u{202E}"
        let call = CallSample(hostile, from: hostile).with(\.calledName, hostile).live()
            .then(.status(.endedWithError, reason: hostile), after: 4).ended(summary: hostile)
        for line in lines(.sample([call])) {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let keys = try #require(object).keys
            #expect(keys.count == Set(keys).count && keys.contains("event") && keys.contains("at"))
        }
    }
}
