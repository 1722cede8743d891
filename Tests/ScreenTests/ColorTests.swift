// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct ColorTests {
    @Test(arguments: [
        ("#fff", Color(rgb: RGB(red: 255, green: 255, blue: 255))),
        ("#1c232e", Color(rgb: RGB(red: 0x1C, green: 0x23, blue: 0x2E))),
        ("red", Color(ansi: 1)), ("bright-white", Color(ansi: 15)), ("default", Color(ansi: Color.unset)),
        ("x256:203", Color(x256: 203)),
    ])
    func aColourIsReadAsItIsWritten(text: String, color: Color) {
        #expect(Color(text) == color)
    }

    @Test(arguments: ["", "#", "#12", "#12345", "#gggggg", "#+12", "x256:256", "x256:-1", "x256:", "Red", "ink"])
    func anythingElseIsNoColour(text: String) {
        #expect(Color(text) == nil)
    }

    /// From the measurements that the theme format was made with: perceptual, not by rounding.
    @Test(arguments: [("#6fc276", 107), ("#5fb3e8", 74), ("#b48ead", 139), ("#3a4353", 238), ("#24405c", 237)])
    func theNearestOf256ColoursLooksNearest(text: String, index: Int) throws {
        #expect(XtermPalette.nearest(to: try #require(RGB(text))) == index)
    }

    @Test func eachOfThe240FixedColoursIsNearestToItself() throws {
        for index in 16...255 {
            let color = try #require(XtermPalette.color(at: index))
            #expect(XtermPalette.color(at: XtermPalette.nearest(to: color)) == color)
        }
    }
}
