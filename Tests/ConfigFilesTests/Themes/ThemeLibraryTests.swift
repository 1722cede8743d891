// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Screen
import TestSupport
import Testing

@Suite struct ThemeLibraryTests {
    @Test(arguments: ["sea", "sea.yaml", "mine/sea.yaml"])
    func aThemeIsFoundByNameByFileNameAndByPath(name: String) {
        let outcome = ThemeLibrary.holding(["mine/sea.yaml": "schema: 1\nname: Sea\nroles: { call: cyan }"]).load(name)
        #expect(outcome.findings == [])
        #expect(outcome.theme.id == "sea")
        #expect(outcome.theme.name == "Sea")
        #expect(outcome.theme.style(for: .call, depth: .full).foreground == 6)
    }

    @Test func theFirstFolderWins() {
        let library = ThemeLibrary.holding([
            "mine/sea.yaml": "schema: 1\nroles: { call: cyan }", "theirs/sea.yaml": "schema: 1\nroles: { call: blue }",
        ])
        #expect(library.load("sea").theme.style(for: .call, depth: .full).foreground == 6)
    }

    @Test func theBuiltInThemeCannotBeBroken() {
        let outcome = ThemeLibrary.holding(["mine/base.yaml": "{{{"]).load("base")
        #expect(outcome.theme == .base)
        #expect(outcome.findings == [])
    }

    @Test func anUnknownThemeIsTheBuiltInOneAndNoPlaceIsInvented() {
        let outcome = ThemeLibrary.holding([:]).load("sea")
        #expect(outcome.theme == .base)
        #expect(outcome.findings == [])
        #expect(outcome.problem == "there is no theme `sea`; `base` is used")
    }

    @Test func theNearestNameIsMeant() {
        #expect(
            ThemeLibrary.holding([:]).load("nigth").problem
                == "there is no theme `nigth`; did you mean `night`? `base` is used")
        let inherited = ThemeLibrary.holding(["mine/a.yaml": "schema: 1\ninherits: dya"]).load("a")
        #expect(inherited.findings.map(\.code) == [.unknownTheme])
        #expect(inherited.findings.map(\.line) == [2])
    }

    @Test func aFileComesBeforeABuiltInThemeOfItsName() {
        let library = ThemeLibrary(
            folders: ["mine"], read: { $0 == "mine/night.yaml" ? Array("schema: 1\nname: Ours".utf8) : nil },
            list: { _ in ["night.yaml", "notes.txt", ".hidden.yaml", "base.yaml"] })
        #expect(library.load("night").theme.name == "Ours")
        #expect(library.entries.first { $0.name == "night" }?.path == "mine/night.yaml")
        #expect(library.entries.map(\.name) == ThemeLibrary.shippedNames)
        #expect(library.entries.count { $0.path == nil } == ThemeLibrary.shippedNames.count - 1)
    }

    @Test(arguments: [
        Row("a role", "schema: 1\ninherits: night\nroles:\n  call.failed: \"#203040\"", "low-contrast 4"),
        Row("a palette", "schema: 1\ninherits: night\npalette:\n  good: \"#203040\"", "low-contrast 3"),
        Row("a selection that cannot be seen", "schema: 1\nroles:\n  row.selected: {}", "same-look 3"),
        Row("nothing", "schema: 1\ninherits: night", ""),
    ])
    func whatCannotBeReadIsFoundWhereItIsWritten(row: Row<String, String>) {
        let findings = ThemeLibrary.holding(["mine/a.yaml": row.input]).check("a").findings
        #expect(findings.first.map { "\($0.code.rawValue) \($0.line)" } ?? "" == row.expected)
        #expect(findings.allSatisfy { $0.severity == .warning })
    }

    @Test func whatAChildLeavesOutIsItsParentsAndItsPaletteRecoloursIt() {
        let library = ThemeLibrary.holding([
            "mine/child.yaml":
                "schema: 1\ninherits: sea\npalette: { water: x256:20 }\nroles: { title: { attr: [italic] } }",
            "mine/sea.yaml":
                "schema: 1\nappearance: dark\npalette: { water: x256:30 }\nroles: { call: water, title: { fg: water, mono: [underline] } }",
        ])
        let theme = library.load("child").theme
        #expect(theme.appearance == .dark)
        #expect(theme.style(for: .call, depth: .full).foreground == 20)
        #expect(theme.style(for: .title, depth: .full) == Style(attributes: .italic))
        #expect(theme.style(for: .title, depth: .mono) == Style(attributes: .underline))
    }

    @Test func aWrongValueLeavesTheParents() {
        let library = ThemeLibrary.holding([
            "mine/child.yaml":
                "schema: 1\ninherits: sea\nroles: { call: { fg: nothing, attr: [loud], mono: [bold] }, key: nothing }",
            "mine/sea.yaml": "schema: 1\nroles: { call: { fg: x256:30, attr: [italic] }, key: x256:40 }",
        ])
        let outcome = library.load("child")
        #expect(outcome.findings.count == 3)
        #expect(outcome.theme.style(for: .call, depth: .full) == Style(foreground: 30, attributes: .italic))
        #expect(outcome.theme.style(for: .key, depth: .full).foreground == 40)
    }

    @Test func aCircleOfParentsEndsAtTheBuiltInTheme() {
        let library = ThemeLibrary.holding([
            "mine/a.yaml": "schema: 1\ninherits: b", "mine/b.yaml": "schema: 1\ninherits: a",
        ])
        let outcome = library.load("a")
        #expect(outcome.theme.roles == Theme.base.roles)
        #expect(outcome.findings.map(\.code) == [.themeCycle])
    }

    @Test func whatIsWrongInAParentIsSaidToo() {
        let library = ThemeLibrary.holding([
            "mine/a.yaml": "schema: 1\ninherits: b", "mine/b.yaml": "schema: 1\nrolls: {}",
        ])
        #expect(library.load("a").findings.map(\.file) == ["mine/b.yaml"])
    }

    @Test(arguments: [("[green, red]", [2, 2, 1]), ("[green, yellow, red]", [2, 3, 1])])
    func latencyIsAListOfTwoOrThreeColours(list: String, colors: [Int]) {
        let theme = ThemeLibrary.holding(["mine/a.yaml": "schema: 1\nroles: { latency: \(list) }"]).load("a").theme
        let shown = [Role.fast, .slow, .late].map { theme.style(for: $0, depth: .full).foreground }
        #expect(shown == colors)
    }

    @Test func aThemeChoosesItsSigns() {
        let library = ThemeLibrary.holding([
            "mine/a.yaml": "schema: 1\nglyphs: ascii",
            "mine/b.yaml": "schema: 1\ninherits: a\nglyphs: { marker: \"»\" }",
        ])
        let glyphs = library.load("b").theme.glyphs.glyphs(unicode: true)
        #expect(glyphs.marker == "»" && glyphs.check == "+")
    }
}
