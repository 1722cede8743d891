// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

extension DetailPage {
    /// Every step that was considered; the last one that held decided.
    func why(of call: CallRecord) -> [StyledLine] {
        guard let exchange = call.exchange else {
            return wrapped("Not asked, so nothing was decided.", as: .muted)
        }
        let steps = exchange.steps
        let decided = steps.lastIndex { $0.held }
        let column = min(28, steps.map { DisplayWidth.of($0.what) }.max() ?? 0)
        var lines = steps.indices.flatMap { index in
            step(steps[index], column: column, decided: index == decided)
        }
        lines.append(StyledLine("", .text))
        lines += wrapped("Decided by \(exchange.decision.by): \(exchange.words)", as: .title)
        return lines + wrapped("decision \(exchange.decision.id)", as: .muted)
    }

    private func step(_ step: Step, column: Int, decided: Bool) -> [StyledLine] {
        let role: Role = decided ? .answered : step.held ? .text : .muted
        let sign = decided ? glyphs.marker : step.held ? glyphs.check : glyphs.dot
        let what = CleanText.cut(step.what, to: column, ellipsis: glyphs.ellipsis)
        let gap = String(repeating: " ", count: column - DisplayWidth.of(what) + 2)
        let indent = column + 4
        guard width - indent >= 16 else {
            return wrapped("\(sign) \(step.what)", as: role) + wrapped(step.why, indent: 4, as: role)
        }
        var lines = wrapped(step.why, indent: indent, as: role)
        lines[0].replaceIndent(with: Span("\(sign) \(what)\(gap)", role))
        return lines
    }
}
