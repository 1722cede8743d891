// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Screen
import TestSupport
import Testing

@Suite struct ThemeFindingsTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let what: String
        let source: MarkedSource

        var testDescription: String { what }

        init(_ what: String, _ marked: String) {
            self.what = what
            source = MarkedSource(marked)
        }
    }

    @Test(arguments: [
        Example("a key that nobody knows", "schema: 1\n①pallete: {}   # ① warning: did you mean `palette`"),
        Example(
            "a role that nothing has",
            "schema: 1\nroles: { ①call.faild: red }   # ① warning: did you mean `call.failed`"),
        Example("a key in a role", "schema: 1\nroles: { call: { ①fgg: red } }   # ① warning: did you mean `fg`"),
        Example("a colour without quotes", "schema: 1\nroles: { call: { ①fg: #ff0000\n } }   # ① is empty; quote"),
        Example("a colour that is none", "schema: 1\nroles: { call: ①\"#ff00\" }   # ① is no colour"),
        Example("an index that is none", "schema: 1\nroles: { call: ①\"x256:256\" }   # ① is no colour"),
        Example(
            "a name that is none",
            "schema: 1\npalette: { good: green }\nroles: { call: ①godo }   # ① did you mean `good`"),
        Example("a palette that leads nowhere", "schema: 1\npalette: { good: ①better }   # ① no colour named `better`"),
        Example("a palette that leads to itself", "schema: 1\npalette: { a: ①b, b: ②a }   # ① named `b` # ② named `a`"),
        Example("a name that is taken", "schema: 1\npalette: { ①red: blue }   # ① name of a colour already"),
        Example(
            "an attribute that is none", "schema: 1\nroles: { call: { attr: [bold, ①blod] } }   # ① did you mean `bold`"
        ),
        Example(
            "a depth that is wrong",
            "schema: 1\npalette: { a: { rgb: ①red, x256: ②300, ansi: ③\"#fff\" } }   # ① `rgb` must # ② `x256` must # ③ `ansi` must"
        ),
        Example("an appearance that is none", "schema: 1\nappearance: ①dusk   # ① dark, light or any"),
        Example(
            "signs that are none",
            "schema: 1\nglyphs: { marker: ①\"世\", ②markr: x }   # ① one column # ② warning: did you mean `marker`"),
        Example("a list of one colour", "schema: 1\nroles: { latency: ①[red] }   # ① two or three"),
        Example("a later schema", "schema: ①2   # ① reads themes of schema 1"),
        Example("no schema", "①roles: {}   # ① warning: `schema: 1` is missing"),
        Example("a parent that is not there", "schema: 1\ninherits: ①nigth   # ① no theme named `nigth`"),
        Example("a parent that is the child", "schema: 1\ninherits: ①theme   # ① cannot inherit from itself"),
        Example("roles that are a text", "schema: 1\nroles: ①red   # ① must be a block"),
        Example("no YAML", "schema: 1\nroles: ①}   # ① this is not YAML"),
    ])
    func whatIsWrongIsSaidWhereItStands(_ example: Example) {
        let outcome = ThemeLibrary.holding(["mine/theme.yaml": example.source.text]).load("theme")
        #expect(outcome.findings.count == example.source.expectations.count, "\(outcome.findings)")
        for (finding, expected) in zip(outcome.findings, example.source.expectations) {
            let isWarning = expected.part.hasPrefix("warning: ")
            let part = expected.part.dropFirst(isWarning ? "warning: ".count : 0)
            #expect(finding.message.contains(part), "\(finding)")
            #expect((finding.line, finding.column) == (expected.line, expected.column), "\(finding)")
            #expect((finding.severity == .warning) == isWarning, "\(finding)")
            #expect(finding.file == "mine/theme.yaml")
        }
    }

    @Test(arguments: ["", "schema: 1", "- 1", "\u{0}", "schema: 3", "schema: 1\nroles: 3\npalette: []", "{{{{"])
    func whateverStandsInTheFileThereIsATheme(text: String) {
        let outcome = ThemeLibrary.holding(["mine/theme.yaml": text]).load("theme")
        #expect(outcome.theme.roles == Theme.base.roles)
    }

    @Test func aFileThatIsTooLargeIsNotRead() {
        let text = "schema: 1\n" + String(repeating: "# padding\n", count: 7000)
        let outcome = ThemeLibrary.holding(["mine/theme.yaml": text]).load("theme")
        #expect(outcome.findings.map(\.message) == ["the file is larger than 64 KiB; is it a theme?"])
    }
}
