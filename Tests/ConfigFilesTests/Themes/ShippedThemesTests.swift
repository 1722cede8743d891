// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Screen
import TestSupport
import Testing

@Suite struct ShippedThemesTests {
    @Test func theThemesOfTheDesignAreHere() {
        #expect(ThemeLibrary.shippedNames == ["base", "contrast", "crt", "day", "deuter", "mono", "night"])
    }

    @Test(arguments: ThemeLibrary.shippedNames)
    func nothingIsFoundInAShippedTheme(name: String) {
        #expect(ThemeLibrary.shipped.load(name).findings == [])
        #expect(ThemeLibrary.shipped.load(name).theme.id == name)
    }

    @Test(arguments: ThemeLibrary.shippedNames)
    func theProgramCarriesTheFileByteForByte(name: String) {
        let carried = ThemeLibrary.holding([:])
        #expect(carried.entries.map(\.name) == ThemeLibrary.shippedNames)
        #expect(carried.file(named: name)?.bytes == Array(ThemeLibrary.shippedText(name).utf8))
        #expect(carried.check(name).findings == [])
        #expect(carried.load(name).theme.roles == ThemeLibrary.shipped.load(name).theme.roles)
    }

    @Test(arguments: Role.allCases)
    func theDocumentationNamesTheRole(role: Role) throws {
        #expect(try Repository.read("docs/themes.md").contains("`\(role.rawValue)`"))
    }

    @Test func theFileOfTheBuiltInThemeSaysWhatIsBuiltIn() {
        let text = ThemeLibrary.shippedText("base")
        let copy = ThemeLibrary.holding(["mine/copy.yaml": text]).load("copy").theme
        #expect(copy.roles == Theme.base.roles)
        #expect(copy.name == Theme.base.name)
        #expect(copy.glyphs == Theme.base.glyphs)
    }

    @Test(arguments: ThemeLibrary.shippedNames, Role.allCases)
    func everyRoleDiffersFromItsBackground(name: String, role: Role) throws {
        let theme = ThemeLibrary.shipped.load(name).theme
        #expect(theme.names(role))
        let least = role == .border ? 1.5 : name == "contrast" ? 7 : 4.5
        for depth in [ColorDepth.exact, .full, .sixteen, .eight] {
            for selected in [false, true] {
                let style = theme.style(for: role, selected: selected, depth: depth)
                guard let foreground = Contrast.color(style.foreground),
                    let background = Contrast.color(style.background)
                else { continue }
                let wanted = depth >= .full ? least : min(least, depth == .sixteen ? 4.5 : 3)
                #expect(Contrast.between(foreground, background) >= wanted, "\(depth) \(style)")
            }
        }
    }

    @Test(arguments: ["night", "day", "contrast", "deuter", "crt"], Role.allCases)
    func aThemeWithAPaperOfItsOwnColoursEveryRole(name: String, role: Role) {
        let style = ThemeLibrary.shipped.load(name).theme.style(for: role, depth: .full)
        #expect(style.foreground >= 16 && style.background >= 16)
    }

    @Test(arguments: ThemeLibrary.shippedNames, ColorDepth.allCases)
    func aSelectedRowAndAClosureStandOutAtEveryDepth(name: String, depth: ColorDepth) {
        let theme = ThemeLibrary.shipped.load(name).theme
        for role in [Role.call, .answered, .failed, .muted] {
            let selected = theme.style(for: role, selected: true, depth: depth)
            #expect(selected != theme.style(for: role, depth: depth), "\(role)")
        }
        #expect(theme.style(for: .closed, depth: depth) != theme.style(for: .text, depth: depth))
    }
}
