// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import ControlAPI
import ControlServer
import WireFormat
import EventLog
import CallAnswering
import Overrides
import TestSupport
import Testing

/// What the control socket answers.
@Suite struct ControlAPITests {
    private static let close =
        #"{"act":"begin","kind":"closed","text":"Shut.","scopes":["all"],"reason":"storm","until":"reopened"}"#

    @Test func anOverrideIsInForceWhenItsReplyComes() async throws {
        let bench = ControlBench()
        let reply = try await bench.ask("POST", "/v1/overrides", Self.close)
        #expect(reply.status == 200)
        #expect(reply.document?["words"] == .string("closed all lines"))
        let status = try await bench.ask("GET", "/v1/status")
        guard case .array(let overrides)? = status.document?["overrides"] else { return #expect(Bool(false)) }
        #expect(overrides.map { $0["text"] } == [.string("Shut.")])
        #expect(overrides.map { $0["who"] } == [.string("user 501")], "who is known by the socket")
    }

    @Test func aClosureWithoutTextSaysTheOneOfTheRulesFile() async throws {
        let bench = ControlBench()
        let body = #"{"act":"begin","kind":"closed","scopes":["all"],"until":"reopened","who":{"user":"jan"}}"#
        let reply = try await bench.ask("POST", "/v1/overrides", body)
        guard case .array(let begun)? = reply.document?["begun"] else { return #expect(Bool(false)) }
        #expect(begun.map { $0["text"] } == [.string("We are closed.")])
        #expect(begun.map { $0["who"] } == [.string("jan (account user 501)")])
        #expect(
            begun.map { $0["by"] } == [
                ["user": "jan", "terminal": nil, "host": nil, "uid": 501, "account": "user 501"]
            ])
    }

    @Test(arguments: [
        Row("break 7: 257 bytes", String(repeating: "x", count: 257), false),
        Row("256 bytes", String(repeating: "x", count: 256), true),
        Row("break 7: one character of many bytes", "x" + String(repeating: "\u{301}", count: 10_000), false),
        Row("the account is not the client's to say", #"jan","uid":"0"#, false),
    ])
    func aNameIsBounded(_ row: Row<String, Bool>) async throws {
        let bench = ControlBench()
        let body = #"{"act":"note","text":"shift ends","who":{"user":"\#(row.input)"}}"#
        let reply = try await bench.ask("POST", "/v1/overrides", body)
        #expect(reply.status == (row.expected ? 200 : 400))
        #expect(reply.code == (row.expected ? nil : "bad_document"))
    }

    @Test(arguments: ["\u{301}", "\u{1F468}\u{200D}"]) func aTextIsBoundedWhateverItsCharacters(_ mark: String)
        async throws
    {
        let bench = ControlBench()
        for (text, status) in [
            (String(repeating: "x", count: 2000), 200), ("x" + String(repeating: mark, count: 2000), 400),
        ] {
            let body = #"{"act":"note","text":"\#(text)"}"#
            #expect(try await bench.ask("POST", "/v1/overrides", body).status == status, "break 7")
        }
    }

    struct Refused: Sendable {
        let method: String
        let path: String
        var body = ""
        var query: [(String, String)] = []
        let status: Int
        let code: String
    }

    static let refused = [
        Refused(method: "POST", path: "/v1/overrides", body: "no json", status: 400, code: "bad_document"),
        Refused(method: "POST", path: "/v1/overrides", body: #"{"act":"undo"}"#, status: 409, code: "nothing_to_undo"),
        Refused(
            method: "POST", path: "/v1/overrides", body: #"{"act":"open","scopes":["group hague"]}"#, status: 404,
            code: "unknown_group"),
        Refused(
            method: "POST", path: "/v1/overrides", body: #"{"act":"open","scopes":["all"]}"#, status: 409,
            code: "nothing_closed"),
        Refused(
            method: "POST", path: "/v1/overrides",
            body: #"{"act":"begin","kind":"greeting","text":" ","scopes":["all"]}"#,
            status: 400, code: "empty_text"),
        Refused(method: "DELETE", path: "/v1/overrides/9", status: 404, code: "no_override"),
        Refused(method: "DELETE", path: "/v1/overrides/x", status: 404, code: "no_override"),
        Refused(method: "GET", path: "/v1/calls", query: [("limit", "501")], status: 400, code: "bad_query"),
        Refused(method: "GET", path: "/v1/calls", query: [("before", "-1")], status: 400, code: "bad_query"),
        Refused(method: "GET", path: "/v1/calls", query: [("before", "+1")], status: 400, code: "bad_query"),
        Refused(
            method: "GET", path: "/v1/calls", query: [("before", "9007199254740993")], status: 400, code: "bad_query"),
        Refused(
            method: "GET", path: "/v1/events", query: [("after", "9007199254740993")], status: 400, code: "bad_query"),
        Refused(method: "GET", path: "/v1/events", query: [("heartbeat", "+5")], status: 400, code: "bad_query"),
        Refused(method: "GET", path: "/v1/calls/none", status: 404, code: "no_call"),
        Refused(method: "GET", path: "/v1/events", query: [("after", "soon")], status: 400, code: "bad_query"),
        Refused(
            method: "POST", path: "/v1/explain", body: #"{"from":"nobody","to":"x"}"#, status: 404, code: "bad_number"),
        Refused(method: "POST", path: "/v1/explain", body: #"{"from":"x"}"#, status: 400, code: "bad_document"),
        Refused(method: "POST", path: "/v1/reload", status: 409, code: "no_rules_file"),
    ]

    /// Row 9 and its kind: what a query says is done or refused, on every route.
    static let queries = [
        (["GET", "/v1/calls"], [("older", "10m")], "expected filter, since, until, limit, before"),
        (["GET", "/v1/export"], [("fromat", "csv")], "did you mean `format`?"),
        (["GET", "/v1/export"], [("format", "xls")], "format must be jsonl or csv or md"),
        (["GET", "/v1/export"], [("mask", "yes")], "mask must be true or false"),
        (["GET", "/v1/report"], [("sicne", "10m")], "did you mean `since`?"),
        (["GET", "/v1/audit"], [("filter", "x")], "expected since, until"),
        (["GET", "/v1/calls"], [("limt", "10")], "did you mean `limit`?"),
        (["GET", "/v1/calls"], [("limit", "1"), ("limit", "2")], "given twice"),
        (["GET", "/v1/events"], [("atfer", "now")], "did you mean `after`?"),
        (["GET", "/v1/events"], [("with", "dsek")], "with must be `desk`"),
        (["GET", "/v1/events"], [("heartbeat", "0")], "from 1 to 60"),
        (["GET", "/v1/events"], [("heartbeat", "soon")], "from 1 to 60"),
        (["GET", "/v1/calls/c-1"], [("limit", "1")], "has none"), (["GET", "/v1/status"], [("x", "")], "has none"),
        (["GET", "/metrics"], [("x", "")], "has none"), (["GET", "/healthz"], [("x", "")], "has none"),
        (["GET", "/v1/overrides"], [("x", "")], "has none"),
        (["POST", "/v1/overrides"], [("dry_run", "1")], "has none"),
        (["DELETE", "/v1/overrides/1"], [("x", "")], "has none"), (["POST", "/v1/explain"], [("x", "")], "has none"),
        (["POST", "/v1/reload"], [("x", "")], "has none"),
    ]

    @Test("row 9: unknown query parameters are a 400", arguments: queries)
    func anUnknownQueryIsRefused(_ route: [String], _ query: [(String, String)], _ words: String) async throws {
        let reply = try await ControlBench().ask(route[0], route[1], Self.close, query: query)
        #expect(reply.status == 400)
        #expect(reply.code == "bad_query")
        #expect(reply.document?["error"]?["message"]?.string?.contains(words) == true)
    }

    @Test(arguments: refused) func whatCannotBeDoneIsSaid(_ refused: Refused) async throws {
        let reply = try await ControlBench().ask(refused.method, refused.path, refused.body, query: refused.query)
        #expect(reply.status == refused.status)
        #expect(reply.code == refused.code)
        #expect(reply.document?["error"]?["message"]?.string?.isEmpty == false)
    }

    @Test func whatCannotBeKeptIsRefused() async throws {
        let bench = ControlBench(store: FullDisk())
        let reply = try await bench.ask("POST", "/v1/overrides", Self.close)
        #expect(reply.status == 503)
        #expect(reply.code == "not_durable")
    }

    @Test func callsComeInPagesTheNewestFirst() async throws {
        let bench = ControlBench((1...5).map { CallSample("c-\($0)", from: "+3161234567\($0)", at: Double($0)) })
        let first = try CallPage(try await bench.ask("GET", "/v1/calls", query: [("limit", "2")]).bytes)
        #expect(first.calls.map(\.id.text) == ["c-5", "c-4"])
        let next = try #require(first.next)
        let query = [("limit", "500"), ("before", String(next))]
        let second = try CallPage(try await bench.ask("GET", "/v1/calls", query: query).bytes)
        #expect(second.calls.map(\.id.text) == ["c-3", "c-2", "c-1"])
        #expect(second.next == nil)
        let found = try CallPage(try await bench.ask("GET", "/v1/calls", query: [("filter", "5673")]).bytes)
        #expect(found.calls.map(\.id.text) == ["c-3"])
        #expect(try await bench.ask("GET", "/v1/calls/c-2").document?["id"] == .string("c-2"))
    }

    @Test(arguments: [
        "0612345678", "06 1234 5678", "0031612345678", "+31 6 12345678", "tel:+31612345678", "sip:0612345678@host",
        "+31\u{2011}6\u{2011}12345678", "06-12345678 x12", "sip:31612345678@10.0.0.1",
    ])
    func aFilterFindsANumberInAnySpelling(_ filter: String) async throws {
        let sent = CallSample("c-1").with(\.sentFrom, "sip:31612345678@10.0.0.1")
        let bench = ControlBench([sent, CallSample("c-2", from: "+31612345679")])
        let found = try CallPage(try await bench.ask("GET", "/v1/calls", query: [("filter", filter)]).bytes)
        #expect(found.calls.map(\.id.text) == ["c-1"], "row 4")
    }

    /// A wrong filter, and what the error says about its place.
    static let wrongFilters = [
        Row("a key", [("filter", "is:bad form:+49")], ["unknown_key", "7", "4"]),
        Row("a value", [("filter", "state:faild")], ["unknown_value", "6", "5"]),
        Row("a quotation mark", [("filter", "to:\"front")], ["unclosed_quote", "3", "6"]),
        Row("a time of its own", [("since", "soon")], ["bad_time", "", ""]),
    ]

    @Test(arguments: ["calls", "export", "report"], wrongFilters)
    func aWrongFilterIsRefusedWithItsPlace(_ route: String, _ row: Row<[(String, String)], [String]>) async throws {
        let reply = try await ControlBench().ask("GET", "/v1/\(route)", query: row.input)
        #expect(reply.status == 400)
        let error = try #require(reply.document?["error"])
        let place = ["offset", "length"].map { key in
            if case .number(let digits)? = error[key] { digits } else { "" }
        }
        #expect([reply.code ?? ""] + place == row.expected)
    }

    @Test func aFilterAndAPeriodSelectCalls() async throws {
        let bench = ControlBench(
            [CallSample("c-1"), CallSample("c-2", at: 60).rejected(), CallSample("c-3", at: 120).rejected()])
        let since = Instant.sample.advanced(bySeconds: 90).iso8601
        for (query, ids) in [
            ([("filter", "answer:rejected")], ["c-3", "c-2"]), ([("since", since)], ["c-3"]),
            ([("until", since), ("filter", "not:answer:rejected")], ["c-1"]),
        ] {
            let found = try CallPage(try await bench.ask("GET", "/v1/calls", query: query).bytes)
            #expect(found.calls.map(\.id.text) == ids)
        }
    }

    @Test func anExportIsStreamedAndItsEndIsMarked() async throws {
        let bench = ControlBench((1...3000).map { CallSample("c-\($0)", at: Double($0)) }, keep: 5000)
        let whole = try await bench.ask("GET", "/v1/export", query: [("end", "line")]).pieces()
        #expect(whole.count > 5)
        let log = bench.log.snapshot()
        let lines = log.sequences.compactMap { log[$0] }.map { SessionExport.line($0) + [0x0A] }
        #expect(whole.flatMap(\.self) == lines.flatMap(\.self) + [0x0A])
        let some = try await bench.ask("GET", "/v1/export", query: [("filter", "c-2999"), ("format", "csv")]).pieces()
        #expect(String(decoding: some.flatMap(\.self), as: UTF8.self).split(separator: "\r\n").count == 2)
    }

    @Test func theAuditHasTheFileAndWhatTheFileDoesNotHaveYet() async throws {
        let former = AuditEntry(number: 1, at: .sample, who: nil, content: .note("before"))
        let bench = ControlBench(audit: [former])
        bench.log.record(DeskEvent(audited: former))
        let note = AuditEntry(number: 2, at: .sample.advanced(bySeconds: 1), who: nil, content: .note("now"))
        bench.log.record(DeskEvent(audited: note))
        let entries = try AuditList.read(try await bench.ask("GET", "/v1/audit").bytes)
        #expect(entries == [former, note])
        let since = [("since", note.at.iso8601)]
        #expect(try AuditList.read(try await bench.ask("GET", "/v1/audit", query: since).bytes) == [note])
    }

    /// Those of before the start come from the journal.
    @Test func aReportHasTheRefusedRequestsOfBefore() async throws {
        let earlier = RefusedRequest(at: .sample.advanced(bySeconds: -60), refusal: .noMessageType, peer: "::1")
        let bench = ControlBench(refusals: EarlierRefusals(requests: [earlier], ofSession: 0))
        bench.log.record(.noMessageType, from: "::1", at: .sample)
        bench.log.record(.wrongMethod, from: "::1", at: .sample)
        let text = try await bench.ask("GET", "/v1/report").text
        #expect(text.contains("- 2 \(Refusal.noMessageType)\n- 1 \(Refusal.wrongMethod)\n"), "\(text)")
        #expect(!text.contains("not known by time"))
    }

    /// What memory lost is missing in a period that begins before its oldest call.
    @Test(
        arguments: [
            Row("all time", nil, true), Row("from before on", -7200, true), Row("from later on", -1, false),
        ] as [Row<Int64?, Bool>])
    func aReportSaysThatOlderCallsAreMissing(_ row: Row<Int64?, Bool>) async throws {
        let bench = ControlBench((0..<20).map { CallSample("c-\($0)", at: Double($0) - 3600) }, keep: 5)
        let since = row.input.map { [("since", Instant.sample.advanced(bySeconds: $0).iso8601)] } ?? []
        let text = try await bench.ask("GET", "/v1/report", query: since).text
        #expect(text.contains("Older calls are missing: 15 were evicted from memory.") == row.expected, "\(text)")
    }

    /// A journal that was new at the start lacks what came before, which memory does not know.
    @Test(
        arguments: [
            Row("all time", nil, true), Row("from before on", -7200, true), Row("from later on", -1799, false),
        ] as [Row<Int64?, Bool>])
    func aReportSaysThatTheJournalWasNew(_ row: Row<Int64?, Bool>) async throws {
        let journal = JournalStatus(
            file: "calls.sqlite", state: .writing, lackedUntil: .sample.advanced(bySeconds: -1800))
        let bench = ControlBench([CallSample("c", at: -600)], journal: journal)
        let since = row.input.map { [("since", Instant.sample.advanced(bySeconds: $0).iso8601)] } ?? []
        let text = try await bench.ask("GET", "/v1/report", query: since).text
        #expect(text.contains("Older calls are missing: the record begins 2026-07-01") == row.expected, "\(text)")
    }

    @Test(arguments: [[("filter", "since:10m until:2h")], [("filter", "until:2h"), ("since", "10m")]])
    func aPeriodThatEndsBeforeItBeginsIsRefused(_ query: [(String, String)]) async throws {
        let reply = try await ControlBench().ask("GET", "/v1/calls", query: query)
        #expect(reply.status == 400 && reply.code == "bad_time", "\(reply.text)")
    }

    @Test(arguments: [[("since", "2027-01-01")], [("filter", "since:2027-01-01")]])
    func aReportOfTheFutureIsRefused(_ query: [(String, String)]) async throws {
        let reply = try await ControlBench().ask("GET", "/v1/report", query: query)
        #expect(reply.status == 400 && reply.code == "bad_time", "\(reply.text)")
    }

    @Test func metricsAreWhatPrometheusReads() async throws {
        let bench = ControlBench([CallSample("c-1"), CallSample("c-2").rejected()])
        _ = try await bench.ask("POST", "/v1/overrides", Self.close)
        let text = try await bench.ask("GET", "/metrics").text
        for line in [
            "switchboard_calls_total 2", #"switchboard_answers_total{kind="greeting"} 1"#,
            #"switchboard_decisions_total{by="rule vip"} 1"#, #"switchboard_overrides{kind="closed"} 1"#,
            #"switchboard_lines{state="closed"} 2"#, #"switchboard_answer_duration_seconds_bucket{le="0.0001"} 0"#,
            #"switchboard_answer_duration_seconds_bucket{le="0.0005"} 2"#,
            #"switchboard_answer_duration_seconds_bucket{le="+Inf"} 2"#,
            "switchboard_answer_duration_seconds_sum 0.0008", #"switchboard_build_info{version="1.2.3"} 1"#,
            #"switchboard_calls_ringing{line="+31201234567"} 1"#, #"switchboard_calls_live{line="+31201234567"} 0"#,
            #"switchboard_calls_ended_total{outcome="rejected",line="+31201234567"} 1"#,
            #"switchboard_calls_ended_total{outcome="failed",line="unknown"} 0"#,
            #"switchboard_calls_rejected_total{by="operator"} 1"#,
        ] {
            #expect(text.split(separator: "\n").contains(Substring(line)), "\(line) is missing in \(text)")
        }
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            #expect(line.wholeMatch(of: /[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+/) != nil, "\(line)")
        }
    }

    /// What a rule is named in the rules file, and in the metrics.
    @Test(arguments: [
        (#"a "b" \c"#, #"a \"b\" \\c"#), ("a\u{22}\u{301}", "a\\\u{22}\u{301}"), ("a\nb\r\n", #"a\nb\\u{d}\n"#),
        ("\u{1B}]0;x\u{7}", #"\\u{1b}]0;x\\u{7}"#), ("\u{9B}1m\u{202E}", #"\\u{9b}1m\\u{202e}"#), ("é东", "é东"),
    ])
    func namesInMetricsDriveNoTerminalAndEndNoLabel(_ name: String, _ label: String) async throws {
        let bench = ControlBench([CallSample("c-1").with(\.by, .rule(name))])
        let text = try await bench.ask("GET", "/metrics").text
        #expect(text.contains("\nswitchboard_decisions_total{by=\"rule \(label)\"} 1\n"))
    }

    @Test(arguments: [
        (ProbeStatus.Outcome.answered(milliseconds: 23), "switchboard_probe_success 1", true),
        (.failed(code: "refused", words: "no"), "switchboard_probe_success 0", false),
    ])
    func theNewestProbeIsAMetric(_ outcome: ProbeStatus.Outcome, _ line: String, _ hasDuration: Bool) async throws {
        let bench = ControlBench()
        var status = ProbeStatus(url: "https://phone.example.com/webhook", everySeconds: 300)
        bench.overrides.note(status)
        #expect(try await !bench.ask("GET", "/metrics").text.contains("switchboard_probe"), "there is no result yet")
        _ = status.take(.init(at: .sample, outcome: outcome))
        bench.overrides.note(status)
        let lines = try await bench.ask("GET", "/metrics").text.split(separator: "\n")
        #expect(lines.contains(Substring(line)))
        #expect(lines.contains("switchboard_probe_timestamp_seconds \(Instant.sample.seconds)"))
        #expect(lines.contains("switchboard_probe_duration_seconds 0.023") == hasDuration)
        let document = try await bench.ask("GET", "/v1/status").document
        #expect(document?["probe"]?["newest"]?["ok"] == .bool(hasDuration))
    }

    @Test func callsOfTodayAreGaugesOnceTheyAreKnown() async throws {
        let calls = [CallSample("c-1"), CallSample("c-2").rejected()]
        #expect(try await !ControlBench(calls).ask("GET", "/metrics").text.contains("switchboard_today"))
        var before = OutcomeCounts()
        before[.rejected(.hours)] = 3
        before[.failed] = 1
        let bench = ControlBench(calls, day: DayCounts(since: .sample, isWhole: true, outcomes: before))
        let lines = try await bench.ask("GET", "/metrics").text.split(separator: "\n")
        for line in [
            #"switchboard_today_calls{outcome="ringing"} 1"#, #"switchboard_today_calls{outcome="rejected"} 4"#,
            #"switchboard_today_calls{outcome="failed"} 1"#, #"switchboard_today_calls{outcome="no_news"} 0"#,
            "switchboard_today_since_timestamp_seconds \(Instant.sample.seconds)",
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
    }

    @Test func everyCounterWithAMetricIsThere() async throws {
        let bench = ControlBench([CallSample("c-1").then(.assistantRequest, after: 1)])
        let lines = try await bench.ask("GET", "/metrics").text.split(separator: "\n")
        let totals = bench.log.snapshot().totals
        for counter in Totals.counters {
            guard let name = counter.metric else { continue }
            #expect(lines.contains("switchboard_\(name)_total \(totals[counter])"), "\(name)")
            #expect(lines.contains("# HELP switchboard_\(name)_total \(counter.help)"))
        }
    }

    @Test func aReloadReportsItsOutcome() async throws {
        let report = ReloadReport(words: "taken", details: ["Demo: default"], isTaken: true)
        let reply = try await ControlBench(reload: report).ask("POST", "/v1/reload")
        #expect(try ReloadReport(reply.bytes) == report)
    }

    @Test(
        "row 19: who reloaded is known",
        arguments: [
            Row("named", #"{"who":{"user":"anna","terminal":"pts/3"}}"#, Operator(user: "anna", terminal: "pts/3")),
            Row("an empty object", "{}", Operator(user: "user 501")), Row("no body", "", Operator(user: "user 501")),
        ])
    func theReloadKnowsWho(row: Row<String, Operator>) async throws {
        let bench = ControlBench(reload: ReloadReport(words: "taken", details: [], isTaken: true))
        _ = try await bench.ask("POST", "/v1/reload", row.input)
        #expect(bench.reloads.all == [row.expected.with(.init(uid: 501, name: "user 501"))])
    }

    @Test(arguments: ["[]", "{", #"{"by":"anna"}"#, #"{"who":"anna"}"#, #"{"who":{"user":"anna","shell":"sh"}}"#])
    func aReloadWithABadBodyIsRefused(body: String) async throws {
        let bench = ControlBench(reload: ReloadReport(words: "taken", details: [], isTaken: true))
        let reply = try await bench.ask("POST", "/v1/reload", body)
        #expect(reply.status == 400 && reply.text.contains("bad_document"))
        #expect(bench.reloads.all.isEmpty)
    }
}
