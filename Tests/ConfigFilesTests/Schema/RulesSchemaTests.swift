// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import JSON
import TestSupport
import Testing
import TimeZones

/// The schema and the reader know the same keys: the reader reads by tables, and these are compared.
@Suite struct RulesSchemaTests {
    @Test func isTheOneInTheDocs() throws {
        #expect(Array(try Repository.read("docs/\(RulesSchema.fileName)").utf8) == RulesSchema.bytes)
    }

    @Test(arguments: RulesSchema.levels) func knowsTheKeysOfTheReader(_ level: RulesSchema.Level) throws {
        let properties = try #require(Self.document.value(at: level.pointer)?["properties"]?.keys)
        #expect(properties.subtracting(level.planned) == Set(level.keys))
    }

    @Test func everyClosedMappingIsCompared() {
        #expect(Set(Self.document.closedBlocks(at: "")) == Set(RulesSchema.levels.map(\.pointer)))
    }

    /// A list of lists suits no other key, so a reader that looks at the value reports it there.
    @Test(arguments: RulesSchema.levels) func readsEveryKey(_ level: RulesSchema.Level) throws {
        let path = try #require(Self.paths[level.pointer], "\(level.pointer) needs its place in a file")
        for key in level.keys where Self.anyValue[level.pointer] != key {
            let text = path + "\(key): [[]]\n"
            let outcome = RulesFile.read(text, name: "rules.yaml", zones: TimeZones.zone)
            let last = text.split(separator: "\n").last ?? ""
            let (line, column) = (text.count { $0 == "\n" }, last.count - "[[]]".count)
            #expect(
                outcome.findings.contains { $0.line == line && $0.column > column },
                "`\(key)` at \(level.pointer) is accepted and ignored: \(outcome.findings)")
        }
    }

    /// The key of a mapping that takes every value: JSON, or what this version does not use yet.
    private static let anyValue = [
        "/$defs/case/properties/with": "reply", "/$defs/case/properties/expect": "answer",
    ]

    /// Where a file has each mapping, up to its first key.
    private static let paths = [
        "": "",
        "/$defs/server": "server:\n  ",
        "/$defs/server/properties/keep": "server:\n  keep:\n    ",
        "/$defs/server/properties/probe": "server:\n  probe:\n    ",
        "/$defs/server/properties/journal/anyOf/1": "server:\n  journal:\n    ",
        "/$defs/server/properties/tls": "server:\n  tls:\n    ",
        "/$defs/server/properties/control": "server:\n  control:\n    ",
        "/$defs/shared": "shared:\n  ",
        "/$defs/shared/properties/replica/anyOf/1": "shared:\n  replica:\n    ",
        "/$defs/secret": "server:\n  secrets:\n    - ",
        "/$defs/line": "lines:\n  - ",
        "/$defs/version": "phrases:\n  hello:\n    - ",
        "/$defs/hours": "hours:\n  office:\n    ",
        "/$defs/closing": "hours:\n  office:\n    closed:\n      ",
        "/$defs/closingChoice": "hours:\n  office:\n    closed:\n      at:\n        \"12:00-13:00\":\n          ",
        "/$defs/holidayList": "holidays:\n  nl:\n    ",
        "/$defs/answerBlock": "answers:\n  vip:\n    ",
        "/$defs/ask": "otherwise:\n  ask:\n    ",
        "/$defs/contactSource": "contacts:\n  - ",
        "/properties/contacts/anyOf/1": "contacts:\n  ",
        "/$defs/contactSource/properties/csv/anyOf/1": "contacts:\n  - csv:\n      ",
        "/$defs/headerSecret": "contacts:\n  - http:\n      headers:\n        x-key:\n          ",
        "/$defs/contactSource/properties/sqlite": "contacts:\n  - sqlite:\n      ",
        "/$defs/contactSource/properties/http": "contacts:\n  - http:\n      ",
        "/$defs/forward": "forward:\n  ",
        "/$defs/backEnd": "forward:\n  tool-calls:\n    ",
        "/$defs/rule": "rules:\n  - ",
        "/$defs/split": "rules:\n  - split:\n      ",
        "/$defs/split/properties/arms/items":
            "rules:\n  - split:\n      arms:\n        - { name: a, answer: default }\n        - ",
        "/$defs/condition": "rules:\n  - when:\n      ",
        "/$defs/caller/anyOf/2": "rules:\n  - when:\n      caller:\n        ",
        "/$defs/condition/properties/contact/anyOf/1/additionalProperties/anyOf/2":
            "rules:\n  - when:\n      contact:\n        tier:\n          ",
        "/$defs/condition/properties/line/anyOf/2/additionalProperties/anyOf/2":
            "rules:\n  - when:\n      line:\n        plan:\n          ",
        "/$defs/condition/properties/during/anyOf/2": "rules:\n  - when:\n      during:\n        ",
        "/$defs/condition/properties/seen_before": "rules:\n  - when:\n      seen_before:\n        ",
        "/$defs/limit": "rules:\n  - when:\n      calls_to_line:\n        ",
        "/$defs/callerLimit": "rules:\n  - when:\n      calls_from_caller:\n        ",
        "/$defs/liveLimit": "rules:\n  - when:\n      live_on_line:\n        ",
        "/$defs/case": "tests:\n  - ",
        "/$defs/case/properties/call": "tests:\n  - call:\n      ",
        "/$defs/case/properties/with": "tests:\n  - with:\n      ",
        "/properties/privacy": "privacy:\n  ",
        "/$defs/earlierCalls/anyOf/1": "tests:\n  - with:\n      earlier_calls:\n        - ",
        "/$defs/override": "tests:\n  - with:\n      overrides:\n        - ",
        "/$defs/case/properties/expect": "tests:\n  - expect:\n      ",
    ]

    private static let document = JSONReader.read(RulesSchema.bytes) ?? .null
}
