// SPDX-License-Identifier: Apache-2.0

package import Calls

extension AnsweringBook {
    /// Tells how each line stands at a moment, who says so, and until when.
    package func lineStatuses(at now: Instant) -> [LineStatus] {
        rules.lines.map { line in
            let table = line.hours.map { rules.hours[$0] }
            if let place = switches.closure(for: line) {
                let closure = switches.closures[place]
                return status(line, isOpen: !closure.kind.isClosed, by: .override(closure.scope), until: nil)
            }
            guard let table, table.closedAnswer != nil else {
                return status(line, isOpen: true, by: .otherwise, until: nil)
            }
            let zone = table.clock(line.zone)
            let isOpen = table.isOpen(at: zone.local(now))
            let change = table.nextChange(after: now, zone: zone)
            return status(line, isOpen: isOpen, by: .hours(table.name), until: change, zone: zone)
        }
    }

    /// The closing texts of the file without holes, the one named `closed` first.
    package var closingTexts: [String] {
        let named = rules.answers.filter { $0.name == "closed" } + rules.answers.filter { $0.name != "closed" }
        var texts: [String] = []
        for answer in named {
            guard case .reject(let template) = answer.answer, case .text(let text)? = template.pieces.first,
                template.pieces.count == 1, !texts.contains(text)
            else { continue }
            texts.append(text)
        }
        return texts
    }

    private func status(
        _ line: Line, isOpen: Bool, by: Decider, until: Instant?, zone: Zone? = nil
    ) -> LineStatus {
        LineStatus(
            number: line.number, name: line.name, isOpen: isOpen, by: by, until: until,
            untilOffset: until.map { (zone ?? line.zone).offset(at: $0) } ?? 0)
    }
}
