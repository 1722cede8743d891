// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct ThemeStyleTests {
    private let green = RoleStyle.Paint.color(Color(x256: 114, ansi: 2))
    private let navy = RoleStyle.Paint.color(Color(x256: 236, ansi: 4))

    private func theme(_ roles: [String: RoleStyle], palette: [String: RoleStyle.Paint] = [:]) -> Theme {
        Theme(id: "mine", name: "Mine", palette: palette, roles: roles)
    }

    @Test func aRoleWithoutAStyleOfItsOwnLooksLikeItsShorterName() {
        let style = theme(["call": RoleStyle(green, .bold)]).style(for: .answered, depth: .full)
        #expect(style == Style(foreground: 114, attributes: .bold))
    }

    @Test func aRoleThatNobodyNamesLooksLikeText() {
        #expect(
            theme(["text": RoleStyle(green, on: navy)]).style(for: .key, depth: .full)
                == Style(foreground: 114, background: 236))
    }

    @Test func aColourThatIsLeftOutIsTakenFromText() {
        let style = theme(["text": RoleStyle(nil, on: navy), "title": RoleStyle(green)]).style(
            for: .title, depth: .full)
        #expect(style == Style(foreground: 114, background: 236))
    }

    @Test func aSelectedRowChangesOnlyWhatItNames() {
        let theme = theme([
            "call.failed": RoleStyle(green, .underline), "row.selected": RoleStyle(nil, on: navy, .bold),
        ])
        let style = theme.style(for: .failed, selected: true, depth: .full)
        #expect(style == Style(foreground: 114, background: 236, attributes: [.underline, .bold]))
    }

    @Test func aRoleWithABackgroundOfItsOwnKeepsItOnASelectedRow() {
        let theme = theme(["match": RoleStyle(navy, on: green), "row.selected": RoleStyle(nil, on: navy, .bold)])
        let style = theme.style(for: .match, selected: true, depth: .full)
        #expect(style == Style(foreground: 236, background: 114, attributes: .bold))
    }

    @Test func aSelectionThatSixteenColoursCannotShowIsReversed() {
        let paper = RoleStyle.Paint.color(Color(x256: 236, ansi: Color.unset))
        let theme = theme(["row.selected": RoleStyle(nil, on: paper)])
        #expect(theme.style(for: .call, selected: true, depth: .sixteen).attributes == .reverse)
        #expect(theme.style(for: .call, selected: true, depth: .full).attributes == [])
        let colored = Theme(
            id: "mine", name: "Mine", roles: ["call": RoleStyle(green), "row.selected": RoleStyle(nil, on: paper)])
        #expect(colored.style(for: .call, selected: true, depth: .sixteen) == Style(attributes: .reverse))
    }

    @Test func theTerminalsOwnForegroundIsNeverOnAColour() {
        let unset = RoleStyle.Paint.color(Color(x256: 233, ansi: Color.unset))
        let style = theme(["mode.closed": RoleStyle(unset, on: green)]).style(for: .closed, depth: .sixteen)
        #expect(style == Style(foreground: 2, background: Color.unset, attributes: .reverse))
    }

    @Test func aColourWithoutAValueForSixteenIsTheBuiltInOneOfItsRole() {
        let theme = theme(["call.rejected": RoleStyle(.color(Color(rgb: RGB(red: 255, green: 144, blue: 144))))])
        #expect(theme.style(for: .rejected, depth: .sixteen).foreground == 1)
        #expect(theme.style(for: .rejected, depth: .full).foreground == 210)
    }

    @Test func eightColoursShowABrightOneInBold() {
        let bright = RoleStyle.Paint.color(Color(ansi: 9))
        let style = theme(["call": RoleStyle(bright)]).style(for: .call, depth: .eight)
        #expect(style == Style(foreground: 1, attributes: .bold))
    }

    @Test func withoutColoursTheMonoValueCountsElseTheAttributes() {
        let theme = theme([
            "title": RoleStyle(green, .bold), "call": RoleStyle(green, .bold, mono: [.reverse, .underline]),
        ])
        #expect(theme.style(for: .title, depth: .mono) == Style(attributes: .bold))
        #expect(theme.style(for: .call, depth: .mono) == Style(attributes: [.reverse, .underline]))
        #expect(theme.style(for: .call, depth: .never) == Style(attributes: .reverse))
    }

    @Test func aChildsPaletteRecoloursWhatItInherits() {
        let parent = theme(["call": RoleStyle(.named("good"))], palette: ["good": green])
        let child = Theme(id: "child", name: "Child", palette: ["good": navy]).inheriting(from: parent)
        #expect(child.style(for: .call, depth: .full).foreground == 236)
    }

    @Test func aChildsRoleIsItsOwnButForTheMonoValue() {
        let parent = theme(["call": RoleStyle(green, .bold, mono: .underline)])
        let child = theme(["call": RoleStyle(navy)]).inheriting(from: parent)
        #expect(child.roles["call"] == RoleStyle(navy, mono: .underline))
    }

    @Test func aPaletteThatNamesItselfIsNoColour() {
        let theme = theme(["call": RoleStyle(.named("a"))], palette: ["a": .named("b"), "b": .named("a")])
        #expect(theme.style(for: .call, depth: .full).foreground == Color.unset)
    }

    @Test(arguments: ColorDepth.allCases)
    func theTableHoldsWhatTheThemeSays(depth: ColorDepth) {
        let table = StyleTable(.base, depth: depth)
        for role in Role.allCases {
            #expect(table[Cell(role: role)] == Theme.base.style(for: role, depth: depth))
            #expect(
                table[Cell(role: role, isSelected: true)] == Theme.base.style(for: role, selected: true, depth: depth))
        }
    }
}
