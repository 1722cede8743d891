// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// Lays out the lines of one call's page.
struct DetailPage {
    let width: Int
    let glyphs: Glyphs
    let clock: LocalClock
    /// After how many milliseconds the fallback goes out, if that is known.
    let answerWithin: Int?

    func lines(of call: CallRecord, tab: DetailTab) -> [StyledLine] {
        let lines =
            switch tab {
            case .timeline: timeline(of: call)
            case .request: request(of: call)
            case .answer: answer(of: call)
            case .why: why(of: call)
            }
        guard lines.count > Detail.mostLines else { return lines }
        let rest = lines.count - Detail.mostLines
        return lines.prefix(Detail.mostLines) + [StyledLine("\(Words.count(rest, "more line")) not shown", .muted)]
    }

    /// Words that are wrapped, with a hanging indent.
    func wrapped(_ text: String, indent: Int = 0, as role: Role = .text) -> [StyledLine] {
        TextWrap.lines(text, width: width - indent).map { line in
            StyledLine(String(repeating: " ", count: indent) + line, role)
        }
    }
}
