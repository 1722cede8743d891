// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct BaseThemeTests {
    @Test(arguments: Role.allCases)
    func theBuiltInThemeSaysSomethingOfEveryRole(role: Role) {
        #expect(Theme.base.names(role))
    }

    @Test(arguments: ColorDepth.allCases)
    func theBuiltInThemeKeepsTheTerminalsOwnBackground(depth: ColorDepth) {
        #expect(Theme.base.style(for: .text, depth: depth) == Style())
        #expect(Theme.base.style(for: .call, depth: depth) == Style())
    }

    @Test(arguments: Role.allCases)
    func theBuiltInThemeNeedsNoMoreThanTheTerminalsOwnColours(role: Role) {
        let style = Theme.base.style(for: role, depth: .full)
        #expect(style.foreground < 16 && style.background < 16)
    }

    @Test(arguments: ColorDepth.allCases)
    func aSelectedRowCanBeSeenAtEveryDepth(depth: ColorDepth) {
        for role in [Role.call, .muted, .failed, .answered] {
            #expect(
                Theme.base.style(for: role, selected: true, depth: depth) != Theme.base.style(for: role, depth: depth))
        }
    }

    @Test(arguments: [Role.closed, .forced, .alertBar, .match, .focusedButton])
    func whatMustBeSeenIsReversedWhereThereAreNoColours(role: Role) {
        #expect(Theme.base.style(for: role, depth: .mono).attributes.contains(.reverse))
        #expect(Theme.base.style(for: role, depth: .never).attributes == .reverse)
    }

    @Test(arguments: [ColorDepth.eight, .sixteen, .full])
    func aSelectedRowIsOneCalmColour(depth: ColorDepth) {
        for role in [Role.text, .muted, .call, .answered, .live, .rejected, .failed, .fast, .slow, .late, .key] {
            let style = Theme.base.style(for: role, selected: true, depth: depth)
            #expect(style.foreground == Color.unset && style.background == Color.unset)
            #expect(style.attributes.subtracting(.bold) == .reverse)
        }
    }

    @Test(arguments: [ColorDepth.eight, .sixteen, .full])
    func aMatchStandsOutOnASelectedRow(depth: ColorDepth) {
        let match = Theme.base.style(for: .match, selected: true, depth: depth)
        #expect(match == Theme.base.style(for: .match, depth: depth))
    }

    @Test func plainSignsArePlainAndThoseOfACallDiffer() {
        for glyphs in [Glyphs.unicode, .ascii] {
            let states = [glyphs.ringing, glyphs.live, glyphs.ended, glyphs.failed, glyphs.dash]
            #expect(Set(states).count == states.count)
        }
        let ascii = Glyphs.ascii
        let signs = [
            ascii.check, ascii.applied, ascii.cross, ascii.ringing, ascii.live, ascii.ended, ascii.failed, ascii.dash,
        ]
        #expect(Set(signs).count == signs.count)
        #expect((signs + [ascii.standIn]).joined().utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func aThemeCanAskForPlainSignsAndReplaceOne() {
        let choice = GlyphChoice(set: .ascii, own: ["marker": "»", "check": "too long", "nothing": "x"])
        let glyphs = choice.glyphs(unicode: true)
        #expect(glyphs.marker == "»")
        #expect(glyphs.check == "+")
        #expect(GlyphChoice().glyphs(unicode: true) == .unicode)
        #expect(GlyphChoice().glyphs(unicode: false) == .ascii)
    }
}
