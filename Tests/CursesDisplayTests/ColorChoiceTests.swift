// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Screen
import TestSupport
import Testing

@Suite struct ColorChoiceTests {
    /// The flag, the environment, and how many colours the terminal has.
    struct Input: Sendable {
        let choice: ColorChoice
        var environment: [String: String] = [:]
        let colors: Int
    }

    @Test(
        arguments: [
            Row("xterm-256color has them all", Input(choice: .auto, colors: 256), .full),
            Row("a direct terminal has them all", Input(choice: .auto, colors: 1 << 24), .full),
            Row("sixteen", Input(choice: .auto, colors: 16), .sixteen),
            Row("eighty-eight is not 256", Input(choice: .auto, colors: 88), .sixteen),
            Row("xterm has eight", Input(choice: .auto, colors: 8), .eight),
            Row("vt100 has none", Input(choice: .auto, colors: 0), .mono),
            Row("NO_COLOR", Input(choice: .auto, environment: ["NO_COLOR": "1"], colors: 256), .mono),
            Row(
                "an empty NO_COLOR counts for nothing",
                Input(choice: .auto, environment: ["NO_COLOR": ""], colors: 256), .full),
            Row(
                "a flag beats NO_COLOR", Input(choice: .sixteen, environment: ["NO_COLOR": "1"], colors: 256), .sixteen),
            Row("a flag for fewer colours", Input(choice: .eight, colors: 256), .eight),
            Row("never means never", Input(choice: .never, colors: 256), .never),
            Row("mono", Input(choice: .mono, colors: 256), .mono),
            Row("no more than there are", Input(choice: .full, colors: 8), .eight),
            Row("true colour is shown with 256", Input(choice: .truecolor, colors: 256), .full),
            Row("no colours where there are none", Input(choice: .sixteen, colors: 0), .mono),
        ] as [Row<Input, ColorDepth>])
    func depth(_ row: Row<Input, ColorDepth>) {
        let depth = row.input.choice.depth(environment: row.input.environment, terminalColors: row.input.colors)
        #expect(depth == row.expected)
    }
}
