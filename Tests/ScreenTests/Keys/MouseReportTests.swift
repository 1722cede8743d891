// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@Suite struct MouseReportTests {
    @Test(arguments: [
        Row("a press", "\u{1B}[<0;12;3M", [TerminalInput.mouse(MouseEvent(.press, row: 2, column: 11))]),
        Row("a release", "\u{1B}[<0;12;3m", []),
        Row(
            "the wheel", "\u{1B}[<64;1;1M\u{1B}[<65;1;1M",
            [
                .mouse(MouseEvent(.wheelUp, row: 0, column: 0)), .mouse(MouseEvent(.wheelDown, row: 0, column: 0)),
            ]),
        Row("another button", "\u{1B}[<2;12;3M", []),
        Row("a place that is none", "\u{1B}[<0;0;3M", []),
        Row("numbers that are too long", "\u{1B}[<0;123456;3M", []),
        Row("the focus", "\u{1B}[Oa\u{1B}[I", [.focused(false), .key(.character("a")), .focused(true)]),
        Row("a part", "\u{1B}[<0;12M", []),
        Row(
            "keys around it", "a\u{1B}[<0;2;2Mb",
            [
                .key(.character("a")), .mouse(MouseEvent(.press, row: 1, column: 1)), .key(.character("b")),
            ]),
    ])
    func reportsAreRead(row: Row<String, [TerminalInput]>) {
        var decoder = KeyDecoder()
        #expect(decoder.read(Array(row.input.utf8)) == row.expected)
    }
}
