// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Warns of spans in `dates` that open on holidays, and of closing texts that nobody hears or that are wrong on a day.
    mutating func checkDoubts(_ table: HoursTable, dates: [SourcePosition], closing: [SourcePosition]) {
        if dates.count == table.dates.entries.count {
            for opened in table.openedHolidays {
                let entry = table.dates.entries[opened.entry]
                findings.warning(
                    .overlap,
                    "`\(entry.pattern)` opens on `\(opened.holiday)`, which `holidays` close, since `dates` come first; if "
                        + "that is not meant, add \"\(opened.holiday)\": closed", at: dates[opened.entry])
            }
        }
        guard closing.count == table.closing?.windows.count else { return }
        for (index, doubt) in table.closingDoubts {
            guard let message = words(for: doubt, of: index, in: table) else { continue }
            findings.warning(.noEffect, message, at: closing[index])
        }
    }

    /// Describes a doubt; `nil` where the text says itself when the line opens.
    private func words(for doubt: HoursTable.ClosingDoubt, of index: Int, in table: HoursTable) -> String? {
        guard let window = table.closing?.windows[index] else { return nil }
        switch doubt {
        case .neverUsed:
            return
                "nobody hears this: at `\(window.window)` the hours are open, closed all day, or an earlier time comes first"
        case .staysClosed(let days, let others):
            guard
                case .reject(let text)? = answers.indices.contains(window.choice.answer)
                    ? answers[window.choice.answer].answer : nil,
                !text.saysOpening
            else { return nil }
            let names = days.map(\.shortName).joined(separator: ",")
            return "on \(names) the hours do not open again after `\(window.window)`; write "
                + "\"\(others.map(\.shortName).joined(separator: ",")) \(window.window)\""
        }
    }
}

extension TextTemplate {
    /// Whether the text says when the line opens or closes.
    fileprivate var saysOpening: Bool {
        holes.contains { if case .moment(let moment) = $0.placeholder { moment.needsOutlook } else { false } }
    }
}
