// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Testing

@testable import SwitchboardCommands

/// A reload shows the warnings that are new.
@Suite struct ShownFindingsTests {
    private static func warning(
        _ message: String, line: Int = 1, code: Diagnostic.Code = .unusedAnswer, file: String = "f"
    ) -> Diagnostic {
        Diagnostic(.warning, code, file: file, at: SourcePosition(line: line, column: 1), message)
    }

    private static let error = Diagnostic(.error, .unknownKey, file: "f", at: .start, "unknown key")

    @Test func whatWasShownIsCounted() {
        var shown = ShownFindings([Self.warning("a"), Self.warning("b")])
        let news = shown.news(in: [Self.warning("a", line: 9), Self.warning("c")])
        #expect(news.findings == [Self.warning("c")])
        #expect(news.remaining == 1)
        #expect(news.gone == 1)
        #expect(shown.news(in: [Self.warning("a"), Self.warning("c")]).findings == [])
    }

    @Test func theSameWordsInTwoPlacesAreTwoWarnings() {
        var shown = ShownFindings([Self.warning("a", line: 1)])
        let news = shown.news(in: [Self.warning("a", line: 1), Self.warning("a", line: 5)])
        #expect(news.findings == [Self.warning("a", line: 5)])
        #expect(news.remaining == 1)
    }

    @Test func otherNumbersMakeNoNewWarning() {
        var shown = ShownFindings([Self.warning("the last holiday is in 26 days")])
        #expect(shown.news(in: [Self.warning("the last holiday is in 25 days")]).findings == [])
    }

    @Test func anotherFileOrCodeDoes() {
        var shown = ShownFindings([Self.warning("a")])
        let others = [Self.warning("a", file: "g"), Self.warning("a", code: .unusedHours)]
        #expect(shown.news(in: others).findings == others)
    }

    @Test func errorsAreAlwaysShownAndNothingIsGoneThen() {
        var shown = ShownFindings([Self.warning("a"), Self.warning("b")])
        let refused = shown.news(in: [Self.error, Self.warning("c")])
        #expect(refused.findings == [Self.error, Self.warning("c")])
        #expect(refused.gone == 0)
        #expect(shown.news(in: [Self.error]).findings == [Self.error])
        let mended = shown.news(in: [Self.warning("a"), Self.warning("b"), Self.warning("c")])
        #expect(mended.findings == [])
        #expect(mended.remaining == 3)
    }
}
