// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Screen
import Testing

@Suite struct ColorChoiceTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let what: String
        let choice: ColorChoice
        var environment: [String: String] = [:]
        let colors: Int
        let depth: ColorDepth

        var testDescription: String { what }
    }

    @Test(arguments: [
        Example(what: "xterm-256color has them all", choice: .auto, colors: 256, depth: .full),
        Example(what: "a direct terminal has them all", choice: .auto, colors: 1 << 24, depth: .full),
        Example(what: "sixteen", choice: .auto, colors: 16, depth: .sixteen),
        Example(what: "eighty-eight is not 256", choice: .auto, colors: 88, depth: .sixteen),
        Example(what: "xterm has eight", choice: .auto, colors: 8, depth: .eight),
        Example(what: "vt100 has none", choice: .auto, colors: 0, depth: .mono),
        Example(what: "NO_COLOR", choice: .auto, environment: ["NO_COLOR": "1"], colors: 256, depth: .mono),
        Example(
            what: "an empty NO_COLOR counts for nothing", choice: .auto, environment: ["NO_COLOR": ""], colors: 256,
            depth: .full),
        Example(
            what: "a flag beats NO_COLOR", choice: .sixteen, environment: ["NO_COLOR": "1"], colors: 256,
            depth: .sixteen),
        Example(what: "a flag for fewer colours", choice: .eight, colors: 256, depth: .eight),
        Example(what: "never means never", choice: .never, colors: 256, depth: .never),
        Example(what: "mono", choice: .mono, colors: 256, depth: .mono),
        Example(what: "no more than there are", choice: .full, colors: 8, depth: .eight),
        Example(what: "true colour is shown with 256", choice: .truecolor, colors: 256, depth: .full),
        Example(what: "no colours where there are none", choice: .sixteen, colors: 0, depth: .mono),
    ])
    func depth(_ example: Example) {
        let depth = example.choice.depth(environment: example.environment, terminalColors: example.colors)
        #expect(depth == example.depth)
    }
}
