// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

/// Numbers that are hidden in a row of a screen.
@Suite struct ScreenMaskTests {
    private static let rows: [Row<String, String>] = [
        Row(
            "two columns", "14:02:07  +31612345678  +31850835037  52 µs", "14:02:07  +********678  +********037  52 µs"),
        Row("columns with one space", "+31612345678 52 µs", "+********678 52 µs"),
        Row("a number as people write it", "call 06-12 34 56 78 back", "call **-** ** *6 78 back"),
        Row("with brackets", "(020) 123 4567", "(***) *** *567"),
        Row("with a plus and spaces", "+31 6 1234 5678", "+** * **** *678"),
        Row("digits alone", "dial 31612345678", "dial ********678"),
        Row("a date and a time", "2026-07-01 14:02:07", "2026-07-01 14:02:07"),
        Row("counts", "calls 1 284 live 3 failed 0 p50 0.400 p99 1.2", "calls 1 284 live 3 failed 0 p50 0.400 p99 1.2"),
        Row("decimals side by side", "0.400 0.401 0.402 0.500", "0.400 0.401 0.402 0.500"),
        Row("a cut number", "+3161234567…", "+*******567…"),
        Row("digits of another script", "+٣١٦١٢٣٤٥٦٧٨", "+********٦٧٨"),
        Row("a number in an id", "call-31612345678-1", "call-********678-1"),
        Row("hexadecimal", "5c4d030f-43e3-4e65", "5c4d030f-43e3-4e65"),
        Row("an address", "127.0.0.1:8787", "127.0.0.1:8787"),
        Row("nothing", "", ""),
        Row("a plus at the end", "c +", "c +"),
    ]

    @Test(arguments: rows)
    func hidesNumbersAndNothingElse(row: Row<String, String>) {
        let scalars = Array(row.input.unicodeScalars)
        var shown = scalars
        for place in NumberMask.hidden(in: scalars) { shown[place] = "*" }
        #expect(String(String.UnicodeScalarView(shown)) == row.expected, "\(row)")
    }

    @Test func whateverIsOnARowTheLastDigitsOfANumberStay() {
        var generator = SeededGenerator(seed: 11)
        let pool = Array("+0123456789 -./()aé…٣\u{0}".unicodeScalars)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...40, using: &generator)
            let row = (0..<count).map { _ in pool.randomElement(using: &generator) ?? " " }
            let hidden = NumberMask.hidden(in: row)
            #expect(Set(hidden).count == hidden.count)
            #expect(hidden.allSatisfy { row.indices.contains($0) && row[$0].properties.numericType == .decimal })
        }
    }
}
