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
