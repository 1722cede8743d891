// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("Zoë", 3), ("e\u{301}", 1), ("世界", 4), ("한국", 4), ("한", 2), ("ｆ", 2), ("👍", 2),
        ("👩‍👩‍👧", 6), ("🇳🇱", 2), ("✓✗●○", 4), ("─│┌▸", 4), ("▁▂▃▄▅▆▇█", 8), ("…–·", 3), ("⚠", 1), ("นี้", 1),
        ("\u{1B}[0m", 4), ("\u{200B}\u{FE0F}", 0),
    ])
    func textTakesAsManyColumnsAsTerminalsGiveIt(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test(arguments: [Glyphs.unicode, Glyphs.ascii])
    func everySignButTheEllipsisTakesOneColumn(glyphs: Glyphs) {
        let signs =
            [
                glyphs.horizontal, glyphs.vertical, glyphs.topLeft, glyphs.topRight, glyphs.bottomLeft,
                glyphs.bottomRight, glyphs.marker, glyphs.check, glyphs.cross, glyphs.live, glyphs.ended, glyphs.dash,
                glyphs.failed, glyphs.dot,
            ] + glyphs.spark
        #expect(signs.filter { DisplayWidth.of($0) != 1 } == [])
        #expect(glyphs.spark.count == 8)
    }

    @Test func thePlainSignsAreASCII() {
        let glyphs = Glyphs.ascii
        #expect(
            (glyphs.spark + [glyphs.ellipsis, glyphs.live, glyphs.vertical]).allSatisfy {
                $0.utf8.allSatisfy { $0 < 128 }
            })
    }
}
