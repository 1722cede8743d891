// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

struct SparklineTests {
    private static let levels = [" ", "1", "2", "3", "4"]

    @Test(
        arguments: [
            Row("nothing at all", [0, 0], ""), Row("no counts", [], ""),
            Row("nothing next to something", [0, 8], " 4"), Row("as high as the row", [2, 4, 6, 8], "1234"),
            Row("the least has a level of its own", [1, 1_000_000], "14"), Row("one", [1], "4"),
        ] as [Row<[Int], String>])
    func theHighestIsAsHighAsTheRow(_ row: Row<[Int], String>) {
        #expect(Sparkline.text(row.input, levels: Self.levels) == row.expected)
    }
}
