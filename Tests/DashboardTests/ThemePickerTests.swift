// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Screen
import TestSupport
import Testing

extension [ThemeOffer] {
    /// The themes of the tests.
    static var offered: [ThemeOffer] { ThemePickerTests.offers }
}

@Suite struct ThemePickerTests {
    private static let sea = Theme(
        id: "sea", name: "Sea", appearance: .dark, roles: ["call": RoleStyle(.color(Color(x256: 30)))],
        glyphs: GlyphChoice(own: ["marker": "*"]))
    fileprivate static let offers = [
        ThemeOffer(name: "base", theme: .base, isOwn: false, problems: []),
        ThemeOffer(
            name: "night", theme: Theme(id: "night", name: "Night", appearance: .dark), isOwn: false, problems: []),
        ThemeOffer(name: "sea", theme: sea, isOwn: true, problems: ["sea.yaml:2:1: error"]),
    ]

    private static func state(isReadOnly: Bool = false) -> DashboardState {
        var state = DashboardState.sample(isReadOnly: isReadOnly, calls: .varied)
        state.receive(.themes(offers))
        return state
    }

    @Test func theScreenShowsEachThemeAtOnceAndEscBringsTheFirstBack() {
        var state = Self.state()
        state.type("T")
        #expect(state.theme == .base)
        state.type("j")
        #expect(state.theme.id == "night")
        state.type("<down>")
        #expect(state.theme == Self.sea)
        #expect(state.text.contains("sea"))
        #expect(state.type("<esc>").isEmpty)
        #expect(state.theme == .base)
    }

    @Test func enterTakesItAndHasItRemembered() {
        var state = Self.state(isReadOnly: true)
        #expect(state.type("Tj<enter>") == [.local(.remember(.theme("night")))])
        #expect(state.theme.id == "night")
        #expect(state.text.contains("theme night"))
    }

    @Test func whatIsWrongWithAThemeIsShownWhenItIsTaken() {
        var state = Self.state()
        state.type("T<end><enter>")
        #expect(state.text.contains("sea.yaml:2:1: error"))
    }

    @Test(arguments: [
        (":theme night<enter>", "night"), (":theme ni<enter>", "night"), (":theme ni<tab><enter>", "night"),
        (":theme<enter>j<enter>", "night"), (":theme nigth<enter>", "base"), ("T<esc>", "base"),
    ])
    func theCommandTakesOneByName(keys: String, id: String) {
        var state = Self.state()
        state.type(keys)
        #expect(state.theme.id == id)
    }

    @Test func aSavedThemeIsShownAtOnce() {
        var state = Self.state()
        state.type(":theme sea<enter>")
        var saved = Self.sea
        saved.roles = ["call": RoleStyle(.color(Color(x256: 31)))]
        state.receive(.themes([ThemeOffer(name: "sea", theme: saved, isOwn: true, problems: [])]))
        #expect(state.theme == saved)
    }

    @Test func aThemeThatCannotBeReadAnyMoreIsSaidAndLeavesTheScreen() {
        var state = Self.state()
        state.type(":theme sea<enter><esc>")
        let broken = ThemeOffer(
            name: "sea", theme: Theme(id: "sea", name: "Sea"), isOwn: true, problems: ["sea.yaml:3:1: not YAML"],
            isReadable: false)
        state.receive(.themes([broken]))
        #expect(state.text.contains("sea.yaml:3:1: not YAML"))
        #expect(state.theme == Self.sea)
        // Another file was saved.
        state.type("<esc>")
        state.receive(.themes([broken]))
        #expect(!state.text.contains("sea.yaml:3:1: not YAML"))
        state.receive(.themes([ThemeOffer(name: "sea", theme: Self.sea, isOwn: true, problems: [])]))
        #expect(state.text.contains("theme sea was saved"))
    }

    @Test func whatWasWrongAtTheStartIsNotSaidTwice() {
        var state = DashboardState.sample(calls: .varied)
        state.begin(
            with: DashboardSettings(), Look(theme: Theme(id: "sea", name: "base"), showsUnicode: true), .terminal)
        let problem = "sea.yaml:3:1: not YAML"
        let broken = ThemeOffer(
            name: "sea", theme: Theme(id: "sea", name: "base"), isOwn: true, problems: [problem], isReadable: false)
        state.receive(.themes([broken]))
        #expect(!state.text.contains(problem))
        state.receive(.themes([ThemeOffer(name: "sea", theme: Self.sea, isOwn: true, problems: [])]))
        #expect(state.theme == Self.sea)
    }

    @Test func theThemeOfTheSettingsIsTakenWhenItChanges() {
        var state = Self.state()
        var settings = DashboardSettings()
        settings.theme = "night"
        state.receive(.settings(settings))
        #expect(state.theme.id == "night")
        state.type(":theme sea<enter>")
        state.receive(.settings(settings))
        #expect(state.theme == Self.sea)
    }
}
