// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Screen
import TestSupport
import Testing

@Suite struct ThemeFindingsTests {
    @Test(arguments: [
        ("an unknown key", "schema: 1\n①pallete: {}   # ① warning: unknown-key"),
        (
            "an unknown role",
            "schema: 1\nroles: { ①call.faild: red }   # ① warning: unknown-role"
        ),
        ("a key in a role", "schema: 1\nroles: { call: { ①fgg: red } }   # ① warning: unknown-key"),
        ("a colour without quotes", "schema: 1\nroles: { call: { ①fg: #ff0000\n } }   # ① empty-value"),
        ("a colour that does not exist", "schema: 1\nroles: { call: ①\"#ff00\" }   # ① invalid-color"),
        ("an index that does not exist", "schema: 1\nroles: { call: ①\"x256:256\" }   # ① invalid-color"),
        (
            "a name that does not exist",
            "schema: 1\npalette: { good: green }\nroles: { call: ①godo }   # ① unknown-color"
        ),
        ("a palette that leads nowhere", "schema: 1\npalette: { good: ①better }   # ① unknown-color"),
        (
            "a palette that leads to itself",
            "schema: 1\npalette: { a: ①b, b: ②a }   # ① unknown-color # ② unknown-color"
        ),
        ("a name that is taken", "schema: 1\npalette: { ①red: blue }   # ① reserved-name"),
        (
            "an attribute that does not exist",
            "schema: 1\nroles: { call: { attr: [bold, ①blod] } }   # ① invalid-attribute"
        ),
        (
            "a depth that is wrong",
            "schema: 1\npalette: { a: { rgb: ①red, x256: ②300, ansi: ③\"#fff\" } }   # ① invalid-color # ② out-of-range # ③ invalid-color"
        ),
        ("an appearance that does not exist", "schema: 1\nappearance: ①dusk   # ① unknown-word"),
        (
            "invalid signs",
            "schema: 1\nglyphs: { marker: ①\"世\", ②markr: x }   # ① invalid-glyph # ② warning: unknown-key"
        ),
        ("a list of one colour", "schema: 1\nroles: { latency: ①[red] }   # ① wrong-type"),
        ("a later schema", "schema: ①2   # ① unsupported-version"),
        ("no schema", "①roles: {}   # ① warning: missing-key"),
        ("a parent that is not there", "schema: 1\ninherits: ①nigth   # ① unknown-theme"),
        ("a parent that is the child", "schema: 1\ninherits: ①theme   # ① theme-cycle"),
        ("roles that are a text", "schema: 1\nroles: ①red   # ① wrong-type"),
        ("invalid YAML", "schema: 1\nroles: ①}   # ① yaml-syntax"),
    ])
    func findingsPointToTheirCause(name: String, marked: String) {
        let source = MarkedSource(marked)
        let outcome = ThemeLibrary.holding(["mine/theme.yaml": source.text]).load("theme")
        #expect(outcome.findings.count == source.expectations.count, "\(outcome.findings)")
        for (finding, expected) in zip(outcome.findings, source.expectations) {
            #expect(finding.code.rawValue == expected.code, "\(finding)")
            #expect((finding.line, finding.column) == (expected.line, expected.column), "\(finding)")
            #expect((finding.severity == .warning) == expected.isWarning, "\(finding)")
            #expect(finding.file == "mine/theme.yaml")
        }
    }

    @Test(arguments: ["", "schema: 1", "- 1", "\u{0}", "schema: 3", "schema: 1\nroles: 3\npalette: []", "{{{{"])
    func thereIsAlwaysATheme(text: String) {
        let outcome = ThemeLibrary.holding(["mine/theme.yaml": text]).load("theme")
        #expect(outcome.theme.roles == Theme.base.roles)
    }

    @Test func aFileThatIsTooLargeIsNotRead() {
        let text = "schema: 1\n" + String(repeating: "# padding\n", count: 7000)
        let outcome = ThemeLibrary.holding(["mine/theme.yaml": text]).load("theme")
        #expect(outcome.findings.map(\.code) == [.fileTooLarge])
    }
}
