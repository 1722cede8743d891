// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Rules
import TestSupport
import Testing

/// What decides a call, in order.
@Suite struct DecidingTests {
    /// A call, and the overrides in force.
    struct Question: Sendable {
        let from: String?
        let to: String?
        let at: String
        let overrides: ActiveOverrides
    }

    private static func row(
        _ name: String, from: String? = "+31612345678", to: String? = "+31850835037",
        at: String = "2026-07-01T12:00:00Z", overrides: ActiveOverrides = ActiveOverrides(), by: String
    ) -> Row<Question, String> {
        Row(name, Question(from: from, to: to, at: at, overrides: overrides), by)
    }

    private static let noon = "2026-07-01T12:00:00Z"
    private static let night = "2026-07-01T22:00:00Z"
    private static let closed = Override.Kind.closed(says: "Closed.")

    static let rows = [
        row("the first rule that holds answers", by: "rule jan"),
        row("a caller whom no rule knows gets the rest", from: "+49301234567", by: "otherwise"),
        row("a withheld number is a condition too", from: nil, by: "rule withheld"),
        row("an unknown line is answered before the rules", to: "+31201111111", by: "unknown line"),
        row("row 30: a call without a called number is decided by the rules", to: nil, by: "rule jan"),
        row("outside the hours the hours answer", at: night, by: "hours office"),
        row("a bypassing rule is asked before the hours", from: "+31655501234", at: night, by: "rule my own"),
        row(
            "the operator closes before the hours are asked", at: night, overrides: .sample(.sample(closed)),
            by: "override all"),
        row(
            "a bypassing rule is asked before the operator", from: "+31655501234", overrides: .sample(.sample(closed)),
            by: "rule my own"),
        row(
            "the operator closes unknown lines too", to: "+31201111111", overrides: .sample(.sample(closed)),
            by: "override all"),
        row(
            "a forced opening skips the hours", at: night, overrides: .sample(.sample(.forcedOpen)), by: "rule jan"),
        row(
            "row 30: a forced opening lifts no other closure",
            overrides: .sample(.sample(closed, .group("demo"), id: 1), .sample(.forcedOpen, id: 2)),
            by: "override group demo"),
        row(
            "row 30: a closure closes a line that is forced open by itself",
            overrides: .sample(
                .sample(.forcedOpen, .line("+31850835037"), id: 1), .sample(closed, .group("demo"), id: 2)),
            by: "override group demo"),
        row(
            "row 30: of several closures the newest speaks, the narrower one",
            overrides: .sample(.sample(closed, id: 1), .sample(closed, .line("+31850835037"), id: 2)),
            by: "override line +31850835037"),
        row(
            "row 30: of several closures the newest speaks, the wider one",
            overrides: .sample(.sample(closed, .line("+31850835037"), id: 1), .sample(closed, id: 2)),
            by: "override all"),
        row(
            "row 30: a closure that an undo brought back is as old as it was",
            overrides: .sample(.sample(closed, .group("demo"), id: 2), .sample(closed, id: 1)),
            by: "override group demo"),
        row(
            "row 30: the newest that has not ended speaks",
            overrides: .sample(.sample(closed, id: 1), .sample(closed, .group("demo"), id: 2, until: .at(noon))),
            by: "override all"),
        row(
            "a line is closed by itself", overrides: .sample(.sample(closed, .line("+31850835037"))),
            by: "override line +31850835037"),
        row(
            "another line stays open", overrides: .sample(.sample(closed, .line("+31201234567"))), by: "rule jan"),
        row(
            "another group stays open", overrides: .sample(.sample(closed, .group("amsterdam"))), by: "rule jan"),
        row(
            "the newest of one scope counts", overrides: .sample(.sample(closed), .sample(.forcedOpen)), by: "rule jan"),
        row(
            "a forced greeting opens nothing", at: night, overrides: .sample(.sample(.greeting("Hi"))),
            by: "hours office"),
    ]

    @Test(arguments: rows) func decides(_ row: Row<Question, String>) throws {
        let policy = CallPolicy(rules: .office, overrides: row.input.overrides)
        let call = AssistantRequest.sample(from: row.input.from, to: row.input.to)
        let now = Instant.at(row.input.at)
        #expect(try policy.answer(call, id: "d-1", at: now).0.by.description == row.expected)
        let steps = policy.steps(for: call, at: now)
        let last = steps.last { !$0.what.hasPrefix("forced greeting") }
        #expect(last?.what == row.expected, "the last step that was considered is the one that decided")
        #expect(last?.held == true)
        #expect(steps.allSatisfy { !$0.why.isEmpty })
    }

    @Test func everyStepThatWasConsideredIsRecorded() {
        let policy = CallPolicy(rules: .office)
        let steps = policy.steps(for: .sample(from: "+49301234567"), at: .at("2026-07-01T12:00:00Z"))
        #expect(
            steps.map { "\($0.what): \($0.held ? "held" : "no"), \($0.why)" } == [
                "rule my own: no, caller +49301234567 is not +31655501234 (bypasses closures)",
                "override all: no, none in force",
                "hours office: no, open at 12:00 on wed 2026-07-01 (UTC), until 17:30",
                "rule jan: no, caller +49301234567 does not begin with +316",
                "rule withheld: no, the caller shows a number",
                "otherwise: held, no rule held",
            ])
    }

    /// Closures on all lines and on the group, the newer one last, and what callers of the line get.
    @Test(arguments: [
        ("row 30: inform alone announces", [inform("Group.", .group("demo"))], announced("Group.")),
        (
            "row 30: a narrower inform under a rejecting closure rejects with its text",
            [closing("All."), inform("Group.", .group("demo"))], rejected("Group.")
        ),
        (
            "row 30: so does a wider inform over a rejecting closure",
            [closing("Group.", .group("demo")), inform("All.")],
            rejected("All.")
        ),
        (
            "row 30: of two that announce the newest speaks", [inform("Group.", .group("demo")), inform("All.")],
            announced("All.")
        ),
    ]) func theNewestClosureSpeaks(name: String, closures: [Override.Kind.Scoped], expected: String) throws {
        let overrides = ActiveOverrides(
            closures.enumerated().map { .sample($0.element.kind, $0.element.scope, id: $0.offset + 1) })
        let policy = CallPolicy(rules: .office, overrides: overrides)
        let now = Instant.at(Self.noon)
        #expect(text(try policy.answer(.sample(), id: "d-1", at: now).1) == expected, "\(name)")
        #expect(text(policy.fallback(.sample(), id: "d-1", at: now).1).hasPrefix(expected.prefix(10)), "\(name)")
    }

    private static func inform(_ text: String, _ scope: Scope = .all) -> Override.Kind.Scoped {
        .init(kind: .inform(says: text), scope: scope)
    }

    private static func closing(_ text: String, _ scope: Scope = .all) -> Override.Kind.Scoped {
        .init(kind: .closed(says: text), scope: scope)
    }

    private static func rejected(_ text: String) -> String { #"{"error":"\#(text)"}"# }

    private static func announced(_ text: String) -> String {
        let tag = #""metadata":{"switchboard":{"decision":"d-1","by":"override group demo","revision":"0a1b2c3d"}}"#
        let all = tag.replacing("group demo", with: text == "All." ? "all" : "group demo")
        return #"{"assistant":{"first_message":"\#(text)",\#(all)},"max_duration_seconds":60}"#
    }

    @Test func everyOverrideOfTheLineHasItsStep() {
        let overrides = ActiveOverrides.sample(
            .sample(.closed(says: "All."), id: 1), .sample(.inform(says: "Group."), .group("demo"), id: 3),
            .sample(.forcedOpen, .line("+31850835037"), id: 2))
        let steps = CallPolicy(rules: .office, overrides: overrides).steps(for: .sample(), at: .at(Self.noon))
        #expect(
            steps.filter { $0.what.hasPrefix("override") }.map { "\($0.what): \($0.held)" } == [
                "override all: true", "override line +31850835037: false", "override group demo: true",
            ])
    }

    @Test func aFallbackKeepsAClosedLineClosed() {
        let closed = CallPolicy(rules: .office, overrides: .sample(.sample(Self.closed)))
        let open = CallPolicy(rules: .office)
        let now = Instant.at("2026-07-01T12:00:00Z")
        #expect(text(closed.fallback(.sample(), id: "d-1", at: now).1) == #"{"error":"Closed."}"#)
        #expect(text(open.fallback(.sample(), id: "d-1", at: now).1) == "{}")
        #expect(open.fallback(.sample(), id: "d-1", at: now).0.by == .deadline)
    }

    @Test func linesReportTheirStateAndItsEnd() {
        let policy = CallPolicy(rules: .office)
        let open = policy.lineStatuses(at: .at("2026-07-01T12:00:00Z"))
        #expect(open.map(\.isOpen) == [true])
        #expect(open.first?.until == .at("2026-07-01T17:30:00Z"))
        let shut = policy.lineStatuses(at: .at(Self.night))
        #expect(shut.map(\.isOpen) == [false])
        #expect(shut.first?.until == .at("2026-07-02T09:00:00Z"))
        #expect(shut.first?.by == .hours("office"))
    }
}

extension Override.Kind {
    /// A kind on some lines.
    struct Scoped: Sendable {
        let kind: Override.Kind
        let scope: Scope
    }
}

extension RuleSet {
    /// An office that is open from nine to half past five.
    static let office = RuleSet.sample(
        lines: [.sample(hours: 0)], unknownLine: .rejection("Not in service."),
        hours: [
            HoursTable(
                name: "office", zone: nil,
                weekly: Array(repeating: [MinuteWindow(start: 540, end: 1050)], count: 7), dates: [:], closedAnswer: 0)
        ],
        answers: ["closed": .rejection("We are closed.")],
        rules: [
            (SampleRule("my own", .callerIs(["+31655501234"]), bypasses: true), .standard),
            (SampleRule("jan", .callerBegins(["+316"])), .greeting("Hallo")),
            (SampleRule("withheld", .callerWithheld), .greeting("Hello")),
        ])
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
