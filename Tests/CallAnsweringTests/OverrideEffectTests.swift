// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import Overrides
import Rules
import TestSupport
import Testing

/// What commands say about the lines afterwards, and before with a dry run; on wednesday 2026-07-01 at 12:00 UTC.
@Suite struct OverrideEffectTests {
    private static let anna = Operator(user: "anna")
    private static let demo: PhoneNumber = "+31201111111"

    /// Two lines that are always open, and two that open on monday at 08:30.
    private static func office() throws -> Office {
        let hours = HoursTable.sample([.monday: ["08:30-12:00"]], closedAnswer: 0)
        let lines =
            [("+31201111111", "Demo", nil), ("+31202222222", "Press", nil), ("+31203333333", "Front desk", 0)]
            + [("+31204444444", "Sales", 0 as Int?)]
        return try Office(
            rules: .sample(
                lines: lines.map { number, name, hours in
                    .sample(
                        number: PhoneNumber(number) ?? demo, name: name, group: name == "Demo" ? "demo" : nil,
                        hours: hours)
                },
                hours: [hours], answers: ["closed": .rejection("hours")],
                rules: [
                    (RuleSet.SampleRule("vip", .callerIs(["+31611111111", "+31622222222"]), bypasses: true), .standard)
                ],
                otherwise: .greeting("hello"), tags: false))
    }

    private static func close(_ text: String, _ scope: Scope = .all, _ until: Until = .reopened) -> OverrideCommand {
        .begin(.closed(says: text), scopes: [scope], reason: "", until: until)
    }

    private static func text(_ result: OverrideResult) -> OverrideResultText {
        OverrideResultText(result, at: .sample) { $0.local(offset: 0) }
    }

    /// Commands that are carried out, the last of which says this.
    @Test(
        arguments: [
            (
                "row 3: open names what the hours keep closed", [close("Shut."), .open([.all])],
                "closures lifted on 4 lines; 2 stay closed by their hours: Front desk, Sales (mon 08:30)"
            ),
            (
                "row 3: nothing stays closed", [close("Shut.", .group("demo")), .open([.group("demo")])],
                "closures lifted on 1 line; Demo is open"
            ),
            (
                "row 3: a wider closure keeps it closed",
                [close("Shut."), close("Demo.", .group("demo")), .open([.group("demo")])],
                "closures lifted on 1 line; 1 stays closed by the closure of all lines: Demo"
            ),
            (
                "undo of a closure", [close("Shut.", .line(demo), .lasting(seconds: 7200)), .undo],
                "undid: closed line +31201111111; Demo is open; no override is in force"
            ),
            (
                "undo under another closure",
                [close("Shut.", .all, .lasting(seconds: 7200)), close("Demo.", .group("demo")), .undo],
                "undid: closed group demo; 1 stays closed by the closure of all lines: Demo (14:00); "
                    + "in force now: the closure of all lines until 14:00"
            ),
            (
                "undo of an opening", [close("Shut."), .open([.all]), .undo],
                "undid: lifted the closure of all lines; 2 are now closed by the closure of all lines: Demo, Press; "
                    + "2 stay closed by the closure of all lines: Front desk, Sales; in force now: the closure of all lines until reopened"
            ),
            (
                "close says its end and text", [close("Shut.", .all, .lasting(seconds: 5400))],
                "closed all lines until 13:30 (in 90 min); callers hear \"Shut.\""
            ),
            (
                "the hours close again after a forced opening",
                [.begin(.forcedOpen, scopes: [.all], reason: "", until: .reopened), .followHours([.all])],
                "ended the forced opening of all lines; 2 are now closed by their hours: Front desk, Sales (mon 08:30)"
            ),
        ] as [(String, [OverrideCommand], String)])
    func saysWhatHoldsAfterwards(name: String, commands: [OverrideCommand], words: String) async throws {
        let office = try Self.office()
        var last: OverrideResult?
        for command in commands { last = try await office.overrides.carryOut(command, by: Self.anna) }
        let headline = Self.text(try #require(last)).headline
        #expect(headline.hasPrefix(words), "\(name): \(headline)")
    }

    @Test func anOverrideThatAnotherAnswerOverrulesIsSaid() async throws {
        let raw = Answer.raw(TextTemplate(literal: #"{"assistant":{"first_message":"as written"}}"#))
        let lines = [
            PhoneLine.sample(number: Self.demo, name: "Demo"), .sample(number: "+31202222222", name: "Press"),
        ]
        let rules: [(rule: RuleSet.SampleRule, answer: Answer)] = [
            (RuleSet.SampleRule("all of press", .member(Line(), ["+31202222222"]), bypasses: true), .greeting("in")),
            (RuleSet.SampleRule("raw", .member(Line(), [Self.demo])), raw),
        ]
        let office = try Office(rules: .sample(lines: lines, rules: rules, tags: false))
        let greeted = try await office.overrides.carryOut(
            .begin(.greeting("Hi"), scopes: [.all], reason: "", until: .reopened), by: Self.anna)
        #expect(Self.text(greeted).notes.contains("not heard: Demo: the answer by rule raw is sent unchanged"))
        let closed = try await office.overrides.carryOut(Self.close("Shut."), by: Self.anna)
        #expect(Self.text(closed).notes.first == "Press: rule all of press decides first")
    }

    @Test func row20WhoIsStillLetInIsSaid() async throws {
        let result = try await Self.office().overrides.carryOut(Self.close("Shut."), by: Self.anna)
        #expect(Self.text(result).notes == ["Still let in: rule vip (2 numbers)"])
    }

    @Test func row3ADryRunChangesNothingAndSaysLineByLineWhatWould() async throws {
        let office = try Self.office()
        let result = try office.overrides.rehearse(Self.close("Shut.", .all, .lasting(seconds: 7200)), by: Self.anna)
        #expect(
            Self.text(result).comparison == [
                "Demo, Press: open -> closed, callers hear \"Shut.\", opens 14:00",
                "Front desk, Sales: stays closed, by override all instead of hours office, callers hear \"Shut.\", opens mon 08:30",
            ])
        #expect(result.effect?.isDryRun == true)
        #expect(office.overrides.policy.overrides == ActiveOverrides())
        #expect(throws: OverrideError.nothingToUndo) { try office.overrides.rehearse(.undo, by: Self.anna) }
        let opening = Override.Kind.forcedOpen
        let open = try office.overrides.rehearse(
            .begin(opening, scopes: [.all], reason: "", until: .reopened), by: Self.anna)
        #expect(
            Self.text(open).comparison == [
                "Demo, Press: open -> forced-open, same text",
                "Front desk, Sales: closed -> forced-open, callers hear \"hello\"",
            ])
    }

    @Test func row30UnderAWiderClosureForcingOpenIsRefusedWithIt() async throws {
        let office = try Self.office()
        _ = try await office.overrides.carryOut(Self.close("Shut."), by: Self.anna)
        let force = OverrideCommand.begin(.forcedOpen, scopes: [.group("demo")], reason: "", until: .reopened)
        await #expect(throws: OverrideError.closedWider(by: .all)) {
            try await office.overrides.carryOut(force, by: Self.anna)
        }
        // On its own scope it replaces the closure.
        let result = try await office.overrides.carryOut(
            .begin(.forcedOpen, scopes: [.all], reason: "", until: .reopened), by: Self.anna)
        #expect(result.ended.map(\.kind) == [.closed(says: "Shut.")])
    }
}
