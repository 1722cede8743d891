// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Screen

/// What a call that has not happened would get: the answer, who decides, and every step.
enum ExplanationPage {
    static func lines(_ state: DashboardState) -> [StyledLine] {
        guard let explanation = state.explanation, case .answered(let answer) = explanation.outcome else { return [] }
        let width = state.size.columns - 2
        let call = explanation.call
        let when = call.at.map { "at \(Text.moment($0, on: state.clock, now: state.now))" } ?? "now"
        return wrapped("A call from \(call.from) to \(call.to) \(when) would get:", width, .title)
            + wrapped("by \(answer.by)", width, .text, indent: 2)
            + document(answer.reply, width)
            + difference(answer, call.former, state, width)
            + [StyledLine("", .text), StyledLine("Why", .header)]
            + answer.steps.flatMap { step($0, answer, state.glyphs, width) }
    }

    /// Whether a call that came in got the same.
    private static func difference(
        _ answer: CallExplanation.Answer, _ former: CallToExplain.Former?, _ state: DashboardState, _ width: Int
    ) -> [StyledLine] {
        guard let former, let isSame = answer.isSame else { return [] }
        let time = Text.since(former.at, on: state.clock, now: state.now)
        let blank = [StyledLine("", .text)]
        if isSame {
            let by = answer.by == former.by ? "" : ", then by \(former.by)"
            return blank + wrapped("The same as at \(time)\(by).", width, .answered)
        }
        return blank + wrapped("Different: at \(time) the caller got", width, .slow)
            + wrapped("\(former.words), by \(former.by)", width, .text, indent: 2)
    }

    /// The answer laid out; as it is if it is not JSON.
    private static func document(_ bytes: [UInt8], _ width: Int) -> [StyledLine] {
        guard let lines = PrettyJSON.lines(bytes) else {
            return wrapped(CleanText.clean(String(decoding: bytes, as: UTF8.self)), width, .text, indent: 2)
        }
        return lines.prefix(Detail.mostLines).flatMap { line in
            let blanks = line.prefix { $0 == " " }.count
            return wrapped(String(line.dropFirst(blanks)), width, .text, indent: 2 + blanks)
        }
    }

    private static func step(
        _ step: Step, _ answer: CallExplanation.Answer, _ glyphs: Glyphs, _ width: Int
    ) -> [StyledLine] {
        let decided = answer.steps.last(where: \.held) == step
        let role: Role = decided ? .answered : step.held ? .text : .muted
        let sign = decided ? glyphs.marker : step.held ? glyphs.check : step.isUndetermined ? "?" : glyphs.dot
        return wrapped("\(sign) \(step.what): \(step.why)", width, role, hanging: 2)
    }

    private static func wrapped(
        _ text: String, _ width: Int, _ role: Role, indent: Int = 0, hanging: Int = 0
    ) -> [StyledLine] {
        TextWrap.lines(text, width: max(16, width - indent - hanging)).enumerated().map { index, line in
            let blanks = indent + (index == 0 ? 0 : hanging)
            return StyledLine(String(repeating: " ", count: blanks) + line, role)
        }
    }
}
