// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Foundation
import Screen
import Testing
import TestSupport

/// The screens as an operator sees them; each golden file was looked at.
@Suite struct DashboardScreenTests {
    @Test(arguments: Scene.complete, Size.golden)
    func everyViewAndDialogIsShownInEverySizeAndInASCII(scene: Scene, size: Size) throws {
        try expectScreen(
            scene.state(size: size).view(), inASCII: scene.state(size: size, glyphs: .ascii).view(),
            matches: scene.file(size))
    }

    @Test(arguments: Scene.variants, Size.goldenOfVariants)
    func theSmallestAndTheUsualSizeShowTheScene(scene: Scene, size: Size) throws {
        try expectScreen(scene.state(size: size).view(), matches: scene.file(size))
    }

    @Test(arguments: Scene.pictured)
    func aPictureShowsTheScene(scene: Scene) throws {
        try expectScreen(scene.state(size: .picture).view(), matches: scene.file(.picture))
    }

    @Test(arguments: Size.tooSmall)
    func belowTheSmallestSizeOneLineSaysWhatIsNeeded(size: Size) throws {
        let scene = Scene(Self.tooSmall, status: .sample(closure: .closed()))
        try expectScreen(scene.state(size: size).view(), matches: scene.file(size))
    }

    @Test(arguments: ScreenPart.all)
    func everyPartOfTheScreenHasAScene(part: ScreenPart) {
        #expect(Self.partsOfScenes.contains(part), "no scene of Scene.complete")
    }

    private static let partsOfScenes = Scene.complete.reduce(into: Set<ScreenPart>()) { parts, scene in
        parts.formUnion(scene.state(size: Size(columns: 120, rows: 40)).parts)
    }

    /// A sign that is not ASCII would reach a terminal that shows none; texts of callers keep theirs.
    @Test(arguments: Scene.complete)
    func theSignsOfTheASCIISetAreASCII(scene: Scene) {
        let look = Look(theme: .base, showsUnicode: false)
        let state = scene.state(size: Size(columns: 120, rows: 40), look: look)
        let others = state.view().cells.filter { !$0.glyph.allSatisfy(\.isASCII) }
        #expect(others.isEmpty, "\(others)")
    }

    /// With `--ascii` nothing else is written, whatever the theme and the callers have.
    @Test(arguments: Scene.complete + Scene.variants, Size.goldenOfVariants)
    func nothingButASCIIIsWrittenIfThatIsWanted(scene: Scene, size: Size) {
        let look = Look(theme: Self.withSigns, showsUnicode: true, isASCII: true)
        let cells = scene.state(size: size, look: look).view().cells
        #expect(cells.allSatisfy { $0.glyph.utf8.count == 1 })
        #expect(!cells.contains { $0.glyph == "?" && $0.role == .border }, "a sign has no ASCII form")
    }

    /// A theme that wants Unicode, and two signs of its own.
    private static let withSigns: Theme = {
        var theme = Theme.base
        theme.glyphs = GlyphChoice(set: .unicode, own: ["check": "✔", "live": "@"])
        return theme
    }()

    @Test func everyGoldenFileIsOfAScene() throws {
        let folder = "Tests/DashboardTests/Screens"
        let files = try FileManager.default.contentsOfDirectory(atPath: Repository.root.appending(path: folder).path)
        let known =
            Scene.complete.flatMap { scene in Size.golden.map(scene.file) }
            + Scene.variants.flatMap { scene in Size.goldenOfVariants.map(scene.file) }
            + Size.tooSmall.map(Scene(Self.tooSmall).file) + Scene.pictured.map { $0.file(.picture) }
        #expect(Set(known).count == known.count, "two scenes have one name")
        #expect(files.sorted() == known.map { "\($0).screen" }.sorted())
    }

    private static let tooSmall = "too-small"
}
