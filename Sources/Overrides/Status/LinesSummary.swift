// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The state of all phone lines together: what is true of each of them, and the first change with its line.
///
/// The header, `status` and the closing sentences of commands say it in the same words.
package struct LinesSummary: Hashable, Sendable {
    package let state: State
    /// How many lines announce that they are closed.
    package let inform: Int
    /// How many lines are open outside their hours, since an operator forced them open.
    package let forced: Int
    /// How many lines an operator closed.
    package let closedByOperator: Int
    /// The first time at which lines open or close by themselves; `nil` when none will.
    package let first: Turn?

    /// How many lines are open.
    package enum State: Hashable, Sendable {
        /// The rules file has no lines; what an operator set for all numbers.
        case noLines(Override.Kind?)
        case allOpen(Int)
        case allClosed(Int)
        case some(open: Int, of: Int)
    }

    /// Lines that open or close by themselves at one moment.
    package struct Turn: Hashable, Sendable {
        package let at: Instant
        /// The lines that open, in the order of the rules file.
        package let opening: [LineStatus]
        /// The lines that close.
        package let closing: [LineStatus]

        /// The first turn of these lines after a moment.
        init?(of lines: [LineStatus], after now: Instant) {
            let turns = lines.compactMap { line in line.turn.map { (line: line, at: $0.at) } }.filter { $0.at > now }
            guard let at = turns.map(\.at).min() else { return nil }
            self.at = at
            let turning = turns.filter { $0.at == at }.map(\.line)
            opening = turning.filter { !$0.isOpen }
            closing = turning.filter(\.isOpen)
        }

        fileprivate var count: Int { opening.count + closing.count }
    }

    package init(_ status: ServerStatus, at now: Instant) {
        self.init(status.lines, overrides: status.overrides, at: now)
    }

    /// Sums lines up; the overrides count only where there are no lines.
    package init(_ lines: [LineStatus], overrides: [Override] = [], at now: Instant) {
        let open = lines.count(where: \.isOpen)
        inform = lines.count { $0.state == .inform }
        forced = lines.count { $0.state == .forcedOpen }
        closedByOperator = lines.count { if case .override = $0.by { !$0.isOpen } else { false } }
        first = Turn(of: lines, after: now)
        state =
            switch open {
            case _ where lines.isEmpty: .noLines(ActiveOverrides(overrides).closure(of: .all, at: now)?.kind)
            case lines.count: .allOpen(open)
            case 0: .allClosed(lines.count)
            default: .some(open: open, of: lines.count)
            }
    }
}

/// The summary in words.
extension LinesSummary {
    /// All of it: `ALL 4 OPEN · first closes 17:30 (Front desk)`.
    package func words(at now: Instant, dot: String, on clock: (Instant) -> LocalTime) -> String {
        ([stateWords, exceptionWords].compactMap(\.self) + [turnWords(at: now, on: clock)].compactMap(\.self))
            .joined(separator: " \(dot) ")
    }

    /// What is true of all lines: `ALL 4 OPEN`, `2 of 4 open`.
    package var stateWords: String {
        switch state {
        case .noLines(let kind): kind.map(Self.title) ?? "no lines in the rules file"
        case .allOpen(let count): Self.all(count, forced == count ? "FORCED OPEN" : "OPEN")
        case .allClosed(let count): Self.all(count, inform == count ? "CLOSED (INFORM)" : "CLOSED")
        case .some(let open, let count): "\(open) of \(count) open"
        }
    }

    /// Lines in a state that only an operator can set, where not all are: `1 INFORM, 2 FORCED OPEN`.
    package var exceptionWords: String? {
        let count: Int
        switch state {
        case .noLines(let kind): return kind == nil ? nil : "no lines in the rules file"
        case .allOpen(let all), .allClosed(let all), .some(_, let all): count = all
        }
        let counted = [(inform, "INFORM"), (forced, "FORCED OPEN")].filter { $0.0 > 0 && $0.0 < count }
        return counted.isEmpty ? nil : counted.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// The first change: `first closes 17:30 (Front desk)`; `nil` when no line will change by itself.
    package func turnWords(at now: Instant, on clock: (Instant) -> LocalTime) -> String? {
        guard let first else { return nil }
        let time = clock(first.at).upcoming(from: clock(now))
        switch state {
        case .noLines: return nil
        case .allOpen(let count): return Self.turn("close", first.closing, time, of: count, on: clock)
        case .allClosed(let count): return Self.turn("open", first.opening, time, of: count, on: clock)
        case .some:
            let parts = [
                first.closing.isEmpty ? nil : "\(Self.names(first.closing)) \(Self.verb("close", first.closing))",
                first.opening.isEmpty ? nil : "\(Self.names(first.opening)) \(Self.verb("open", first.opening))",
            ].compactMap(\.self)
            let local = first.count == 1 ? (first.closing + first.opening)[0].turn?.local(besides: clock) : nil
            return "next: \(parts.joined(separator: ", ")) \(time)\(local.map { " (\($0))" } ?? "")"
        }
    }

    /// The first change without its lines, for a narrow row: `first closes 17:30`.
    package func shortTurnWords(at now: Instant, on clock: (Instant) -> LocalTime) -> String? {
        guard let first else { return nil }
        let time = clock(first.at).upcoming(from: clock(now))
        switch state {
        case .noLines: return nil
        case .allOpen(let count): return Self.shortTurn("close", first.count, of: count, time)
        case .allClosed(let count): return Self.shortTurn("open", first.count, of: count, time)
        case .some: return "next \(time)"
        }
    }

    private static func shortTurn(_ verb: String, _ some: Int, of count: Int, _ time: String) -> String {
        guard some == count else { return "first \(verb)s \(time)" }
        return count == 1 ? "\(verb)s \(time)" : "all \(verb) \(time)"
    }

    /// The change of some of the lines, which all are in the same state.
    private static func turn(
        _ verb: String, _ lines: [LineStatus], _ time: String, of count: Int, on clock: (Instant) -> LocalTime
    ) -> String {
        let local = lines.count == 1 ? lines[0].turn?.local(besides: clock) : nil
        guard lines.count < count else {
            return (count == 1 ? "\(verb)s \(time)" : "all \(verb) \(time)") + (local.map { " (\($0))" } ?? "")
        }
        let names = [names(lines), local].compactMap(\.self).joined(separator: ", ")
        return "first \(verb)s \(time) (\(names))"
    }

    private static func verb(_ verb: String, _ lines: [LineStatus]) -> String { lines.count == 1 ? verb + "s" : verb }

    private static func names(_ lines: [LineStatus]) -> String {
        lines[0].shownName + (lines.count > 1 ? " and \(lines.count - 1) more" : "")
    }

    private static func all(_ count: Int, _ words: String) -> String { count == 1 ? words : "ALL \(count) \(words)" }

    private static func title(_ kind: Override.Kind) -> String {
        switch kind {
        case .closed, .inform, .forcedOpen: kind.phrases.title
        case .greeting: "OPEN"
        }
    }
}

extension LineStatus {
    /// The name, or the number of a line without one.
    package var shownName: String { name.isEmpty ? number.description : name }
}

extension LineStatus.Change {
    /// The time on the line's own clock, such as `16:30 there`; `nil` where the desk's clock shows the same.
    package func local(besides clock: (Instant) -> LocalTime) -> String? {
        let own = at.local(offset: offset)
        let desk = clock(at)
        guard own != desk else { return nil }
        return own.date == desk.date ? "\(own.clock) there" : "\(own.date.weekday.shortName) \(own.clock) there"
    }
}
