// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Rules
import TestSupport
import Testing

@Suite struct ConditionReadingTests {
    @Test(arguments: [
        (#"{ caller: "+31612345678" }"#, Condition.callerIs(["+31612345678"])),
        ("{ caller: +31612345678 }", .callerIs(["+31612345678"])),
        (#"{ caller: ["+31612345678", "+31612345679"] }"#, .callerIs(["+31612345678", "+31612345679"])),
        (#"{ caller: { number: ["+31612345678"] } }"#, .callerIs(["+31612345678"])),
        (#"{ caller: { number: "+4930*" } }"#, .callerBegins(["+4930"])),
        (
            #"{ caller: { number: ["+31612345678", withheld] } }"#,
            .any([.callerIs(["+31612345678"]), .callerWithheld])
        ),
        (#"{ caller: { prefix: "+49" } }"#, .callerBegins(["+49"])),
        (#"{ caller: { prefix: ["+49", "+43"] } }"#, .callerBegins(["+49", "+43"])),
        ("{ caller: withheld }", .callerWithheld),
        (
            #"{ caller: [withheld, "+31612345678", { prefix: "+49" }] }"#,
            .any([.callerIs(["+31612345678"]), .callerWithheld, .callerBegins(["+49"])])
        ),
        (#"{ line: "+31201234567" }"#, .line(["+31201234567"])),
        ("{ group: amsterdam }", .group(["amsterdam"])),
        ("{ group: [amsterdam, demo] }", .group(["amsterdam", "demo"])),
        ("{ weekday: mon-fri }", .weekday([.monday, .tuesday, .wednesday, .thursday, .friday])),
        ("{ weekday: [sat, sun] }", .weekday([.saturday, .sunday])),
        ("{ weekday: 'sat-mon, wed' }", .weekday([.saturday, .sunday, .monday, .wednesday])),
        ("{ seen_before: { within: 30d } }", .seenBefore(withinSeconds: 2_592_000)),
        ("{ seen_before: { within: 31622400s } }", .seenBefore(withinSeconds: 31_622_400)),
        ("{ seen_before: { within: 1h30m } }", .seenBefore(withinSeconds: 5400)),
        (
            "{ calls_from_caller: { more_than: 5, within: 1d1h1m1s } }",
            .callsFromCaller(CallLimit(moreThan: 5, withinSeconds: 90_061))
        ),
        (
            "{ calls_from_caller: { more_than: 5, within: month } }",
            .callsFromCaller(CallLimit(moreThan: 5, within: .calendar(.month)))
        ),
        (
            "{ calls_to_line: { more_than: 5, within: week } }",
            .callsToLine(CallLimit(moreThan: 5, within: .calendar(.week)))
        ),
        ("{ seen_before: { within: day } }", .test(.seenBefore(SeenBefore(within: .calendar(.day))))),
        ("{ during: office }", .during(0)),
        (#"{ during: "22:00-06:00" }"#, .during(1)),
        (#"{ group: demo, caller: withheld }"#, .all([.group(["demo"]), .callerWithheld])),
        ("{ not: { group: demo } }", .not(.group(["demo"]))),
        ("{ any: [{ group: demo }, { caller: withheld }] }", .any([.group(["demo"]), .callerWithheld])),
        ("{ all: [{ group: demo }, { during: office }] }", .all([.group(["demo"]), .during(0)])),
    ])
    func readsACondition(text: String, condition: Condition) throws {
        let file = try RulesFile.sample(
            """
            timezone: Europe/Amsterdam
            lines:
              - { number: "+31201234567", group: amsterdam }
              - { number: "+31201234568", group: demo }
            hours:
              office: { weekly: { mon-fri: ["09:00-17:00"] } }
            rules:
              - { name: r, when: \(text), answer: default, bypass_closures: true }
            """)
        let expected = Rule(
            name: "r", condition: condition, bypassesClosures: true, outcome: .answer(file.rules.otherwise))
        #expect(file.rules.rules == [expected])
    }

    @Test func aRuleWithoutWhenAlwaysHolds() throws {
        let file = try RulesFile.sample("rules:\n  - { name: r, answer: { reject: No. } }\n")
        #expect(file.rules.rules == [Rule(name: "r", condition: .always, bypassesClosures: false, outcome: .answer(0))])
    }

    @Test(arguments: [
        ("[\"09:00-12:00\", \"13:00-17:00\"]", HoursTable.daily("09:00-12:00", "13:00-17:00")),
        ("{ weekly: { sat: \"10:00-12:00\" } }", HoursTable.sample([.saturday: ["10:00-12:00"]])),
        ("{ dates: { 2026-12-31: [\"10:00-12:00\"] } }", HoursTable.sample(dates: ["2026-12-31": ["10:00-12:00"]])),
    ])
    func hoursMayBeInTheRule(during: String, expected: HoursTable) throws {
        let file = try RulesFile.sample("rules:\n  - { name: r, when: { during: \(during) }, answer: default }\n")
        let table = try #require(file.rules.hours.first)
        #expect(table.name == "of rule r")
        #expect((table.weekly, table.dates) == (expected.weekly, expected.dates))
    }
}
