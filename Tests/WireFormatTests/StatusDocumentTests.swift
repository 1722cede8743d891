// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import WireFormat
import EventLog
import TestSupport
import Testing

/// The status as scripts rely on it.
@Suite struct StatusDocumentTests {
    @Test func theStatusHasTheKeysThatScriptsRelyOn() throws {
        let line = LineStatus(
            number: "+31850835037", name: "Demo", group: nil, state: .closed, by: .hours("office"),
            says: .text("Dicht"),
            until: .sample, untilOffset: 7200, next: .init(state: .open, by: .arm("short", ofRule: "a/b")))
        let override = Override.sample(.closed(says: "Dicht"), .group("demo"), reason: "brand")
        let status = ServerStatus.sample(
            overrides: [override], lines: [line], address: "[::1]:8787", webhookURL: "http://[::1]:8787/webhook",
            closingTexts: ["Dicht"], undo: .init(words: "closed group demo", scopes: [.group("demo")]))
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        log.use([CountedLine(number: "+31850835037", group: nil)])
        CallSample("c-1").with(\.to, "+31850835037").rejected().record(in: log)
        let counted = log.snapshot()
        #expect(
            status.document(totals: counted.totals, lines: counted.lines, at: .sample.advanced(bySeconds: 90)).text
                == #"""
                {"listening":{"host":"::1","port":8787,"url":"http://[::1]:8787/webhook","address":"[::1]:8787"},\#
                "signed":true,\#
                "lines":[{"number":"+31850835037","name":"Demo","group":null,"state":"closed","by":"hours office",\#
                "says":"Dicht","hears":"\"Dicht\"","until":"2026-07-01T12:00:00.000Z","until_offset":7200,\#
                "next":{"state":"open","by":"rule a/b/short","arm":"short"},"next_change":null,\#
                "changes":[{"at":"2026-07-01T12:00:00.000Z","offset":7200,"state":"open","by":"rule a/b/short",\#
                "arm":"short"}],"without_overrides":null,\#
                "counts":{"calls":1,"live":0,"ringing":0,"ended":0,"failed":0,"no_news":0,"late":0,"not_applied":0,\#
                "rejected":1,"rejected_by":{"hours":0,"operator":1,"rule":0,"unknown_line":0,"block":0}},\#
                "last_call_at":"2026-07-01T12:00:00.000Z",\#
                "silence":{"seconds":90,"usual_seconds":null,"unusual":false}}],\#
                "overrides":[{"id":1,"kind":"closed","scope":"group demo","text":"Dicht","reason":"brand","who":"anna",\#
                "since":"2026-07-01T12:00:00.000Z","until":null,"by":{"user":"anna","terminal":null,"host":null}}],\#
                "callers":{"blocked":0,"allowed":0,"next_end":null,"newest":[]},\#
                "counts":{"received":1,"answered":1,"refused":0,"calls":1,"evicted":0,"unsigned":0,"repeats":0,"late":0,\#
                "live":0,"ringing":0,"ended":0,"failed":0,"rejected":1,"no_news":0,"not_applied":0,\#
                "rejected_by":{"hours":0,"operator":1,"rule":0,"unknown_line":0,"block":0},\#
                "kinds":{"rejected":1},"refused_by":{}},"calls_kept":0,\#
                "unknown_line":{"counts":{"calls":0,"live":0,"ringing":0,"ended":0,"failed":0,"no_news":0,"late":0,\#
                "not_applied":0,"rejected":0,\#
                "rejected_by":{"hours":0,"operator":0,"rule":0,"unknown_line":0,"block":0}}},\#
                "latency_ms":{"p50":0.400,"p99":0.400,"max":0.401},\#
                "closing_texts":["Dicht"],"greeting_texts":[],"answer_within_ms":4000,\#
                "undo":{"words":"closed group demo","scopes":["group demo"]},"warnings":[],\#
                "time_zone":"Europe/Amsterdam","webhook_url":"http://[::1]:8787/webhook",\#
                "rules":{"errors":0,"since":null,"first":null,"in_use":"file","last_good":null,"restart_failure":null,"restart":null,"restart_last_good":null},\#
                "bypass_rules":[],"bypass_rejections":[],\#
                "probe":null,"journal":null,"day":null,"looking_back":null,"signed_age_s":null,"process":null}
                """#)
    }

    @Test(arguments: [
        (FirstMessage.assistant, #""says":null,"hears":"\#(FirstMessage.assistant)","until""#),
        (
            .otherServer("crm"),
            #""says":null,"hears":"\#(FirstMessage.otherServer("crm"))","other_server":"crm","until""#
        ),
    ])
    func whatIsHeardIsExplainedWhereItIsNotKnown(_ heard: FirstMessage, _ json: String) {
        let line = LineStatus(
            number: "+31850835037", name: "Demo", group: nil, state: .open, by: .otherwise, says: heard, until: nil,
            untilOffset: 0, next: nil)
        #expect(ServerStatus.sample(lines: [line]).document().text.contains(json))
    }

    @Test("row 19: a rules file with errors is in the status")
    func aRulesFileWithErrorsIsNamed() {
        var status = ServerStatus.sample()
        status.rules = RulesFileStatus(
            problem: .init(
                errors: 3, since: .sample, file: "switchboard.yaml", line: 12, column: 5, message: "unknown key `x`"),
            inUse: .previous, restart: .fails("no rules are kept"))
        #expect(
            status.document().text.hasSuffix(
                #"""
                "rules":{"errors":3,"since":"2026-07-01T12:00:00.000Z",\#
                "first":{"file":"switchboard.yaml","line":12,"column":5,"message":"unknown key `x`"},\#
                "in_use":"previous","last_good":null,"restart_failure":"no rules are kept","restart":"fails","restart_last_good":null},"bypass_rules":[],"bypass_rejections":[],\#
                "probe":null,"journal":null,"day":null,"looking_back":null,"signed_age_s":null,"process":null}
                """#))
    }

    @Test(arguments: [
        ("127.0.0.1:8787", #""host":"127.0.0.1","port":8787"#), ("desk:x", #""host":"desk","port":null"#),
        ("desk", #""host":"desk","port":null"#), ("", #""host":"","port":null"#),
    ])
    func theListeningAddressIsSplitIntoItsParts(_ address: String, _ json: String) {
        #expect(ServerStatus.sample(address: address).document().text.contains(json))
    }

    @Test func withoutAnswersThereAreNoLatencies() {
        let text = ServerStatus.sample().document(totals: Totals(), at: .sample).text
        #expect(text.contains(#""latency_ms":{"p50":null,"p99":null,"max":null}"#))
    }

    @Test(
        arguments: [
            (nil, Decider.rule("vip/short")), ("short", .arm("short", ofRule: "vip")), ("vip/short", nil),
            ("long", nil),
        ] as [(String?, Decider?)])
    func anArmSeparatesItsNameFromTheDecider(_ arm: String?, _ decider: Decider?) throws {
        let arm = arm.map { #","arm":"\#($0)""# } ?? ""
        let json = """
            {"number":"+31850835037","name":"x","state":"open","by":"rule vip/short"\(arm),"until_offset":0}
            """
        let text = ServerStatus.sample(lines: []).document().text.replacing("\"lines\":[]", with: "\"lines\":[\(json)]")
        let value = try #require(JSONReader.read(Array(text.utf8)))
        let read = try? ServerStatus(value, at: "").lines.first?.by
        #expect(read == decider)
    }
}
