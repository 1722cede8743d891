// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Testing

@Suite struct DiagnosticTests {
    private func finding(_ line: Int, _ column: Int, showsSource: Bool = true) -> Diagnostic {
        Diagnostic(
            .error, .unknownKey, file: "rules.yaml", at: SourcePosition(line: line, column: column), "no",
            showsSource: showsSource)
    }

    @Test func isOneLineThatEditorsUnderstand() {
        #expect(finding(12, 9).description == "rules.yaml:12:9: error: no [unknown-key]")
    }

    @Test(arguments: [
        ("a: 1\nbé: x\n", 2, 5, "    bé: x\n        ^"),
        ("a: 1\r\nb: x\r\n", 2, 4, "    b: x\n       ^"),
        ("\ta: x", 1, 5, "    \ta: x\n    \t   ^"),
        ("a: \u{1B}[2Jx", 1, 4, "    a: ?[2Jx\n       ^"),
        ("a: \u{202E}x", 1, 1, "    a: ?x\n    ^"),
    ])
    func showsTheLineAndTheColumn(source: String, line: Int, column: Int, expected: String) {
        #expect(
            Diagnostic.rendered([finding(line, column)], source: source)
                == "rules.yaml:\(line):\(column): error: no [unknown-key]\n" + expected)
    }

    @Test("row 12: a line of 200 kB", arguments: [1, 50, 101, 100_000, 199_990, 200_000])
    func showsThePartOfALongLineAroundTheColumn(column: Int) {
        let line = (0..<20_000).map { _ in "0123456789" }.joined()
        let text = Diagnostic.rendered([finding(1, column)], source: line)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        #expect(text.utf8.count < 700)
        let caret = lines[2].count - 1
        #expect(Array(lines[1])[caret] == Array("0123456789")[(column - 1) % 10])
        #expect(lines[1].hasPrefix("    ...") == (column > 101))
        #expect(lines[1].hasSuffix("...") == (column <= 199_900))
    }

    @Test func aSecretInALongLineIsMasked() {
        let line =
            String(repeating: "word ", count: 1000) + "sk-1234567890abcdefghij " + String(repeating: "x ", count: 1000)
        let text = Diagnostic.rendered([finding(1, 5010)], source: line)
        #expect(text.contains("***"))
        #expect(!text.contains("abcdefghij"))
    }

    @Test(arguments: [
        ("no \u{1B}]0;x\u{7}", "no ?]0;x?"), ("a\nb", "a b"),
        (String(repeating: "x", count: 401), String(repeating: "x", count: 400) + "..."),
    ])
    func itsWordsCannotSteerATerminal(words: String, expected: String) {
        #expect(Diagnostic(.error, .unknownKey, file: "f", at: .start, words).message == expected)
    }

    @Test(arguments: [(9, true), (1, false)])
    func showsNoLineThatIsNotThereOrHoldsASecret(line: Int, showsSource: Bool) {
        let finding = finding(line, 1, showsSource: showsSource)
        #expect(Diagnostic.rendered([finding], source: "secret") == finding.description)
    }
}
