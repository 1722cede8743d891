// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Screen
import TestSupport
import Testing

@Suite struct SettingsFileTests {
    private static func read(_ text: String) -> (settings: SettingsFile, findings: [Diagnostic]) {
        SettingsFile.read(
            Array(text.utf8), path: "dashboard.yaml", alarms: ["none", "bell", "notice"],
            columns: ["time", "caller", "line", "answer", "state", "ms"])
    }

    @Test func everyKeyIsRead() {
        let (settings, findings) = Self.read(
            """
            theme: night
            mouse: true
            alarm: bell
            columns: [time, caller]
            sort: -ms
            filters:
              vips: "contact:vip"
              night: since:22:00
            keys:
              freeze: z
              list-older: [Down, ^N, j]
              close: []
            """)
        #expect(findings == [])
        #expect(settings.theme == "night")
        #expect(settings.mouse == true)
        #expect(settings.alarm == "bell")
        #expect(settings.columns == ["time", "caller"])
        #expect(settings.sort == "-ms")
        #expect(settings.filters.map(\.name) == ["vips", "night"])
        #expect(settings.keys.map(\.command) == ["freeze", "list-older", "close"])
        #expect(settings.keys.map(\.keys) == [[.character("z")], [.down, .control("n"), .character("j")], []])
    }

    @Test(arguments: ["", "# nothing\n\n", "\u{FEFF}"])
    func nothingIsNothing(text: String) {
        #expect(Self.read(text).findings == [])
    }

    @Test(arguments: [
        ("an unknown key", "①them: night   # ① unknown-key"),
        ("a mouse that is a word", "mouse: ①maybe   # ① wrong-type"),
        ("an unknown alarm", "alarm: ①siren   # ① unknown-word"),
        ("an unknown key name", "keys: { close: ①PgDwn }   # ① unknown-key-name"),
        ("no key", "keys: { close: ①~~ }   # ① unknown-key-name"),
        ("an unknown column", "columns: [time, ①caler]   # ① unknown-word"),
        ("an unknown column to sort by", "sort: ①-tok   # ① unknown-word"),
        ("keys that are a list", "keys: ①[c]   # ① wrong-type"),
        ("a list", "①- a   # ① wrong-type"),
        ("no YAML", "keys: ①}   # ① yaml-syntax"),
        ("an empty theme", "theme: ①\"\"   # ① empty-value"),
    ])
    func findingsPointToTheirCause(name: String, marked: String) {
        let source = MarkedSource(marked)
        let findings = Self.read(source.text).findings
        #expect(findings.count == source.expectations.count, "\(findings)")
        for (finding, expected) in zip(findings, source.expectations) {
            #expect(finding.code.rawValue == expected.code, "\(finding)")
            #expect((finding.line, finding.column) == (expected.line, expected.column), "\(finding)")
        }
    }

    @Test func aWrongValueLeavesTheOthers() {
        let (settings, findings) = Self.read("theme: night\nmouse: 7\nkeys: { close: [Nope, K] }")
        #expect(findings.count == 2)
        #expect(settings.theme == "night")
        #expect(settings.keys.first?.keys == [.character("K")])
        #expect(settings.finding(.error, .keyClash, binding: 0, key: 0, "x")?.line == 3)
    }
}
