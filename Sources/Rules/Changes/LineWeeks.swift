// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// What an unknown caller of each line gets in the next 7 days by two rules files, compared; overrides are left out.
struct LineWeeks {
    private let old: CallPolicy
    private let new: CallPolicy
    private let now: Instant
    /// The lines that are reported to answer differently now.
    private let reported: Set<PhoneNumber>

    /// The rest of today and the 7 days after it are compared; one more hour covers a clock that is set back.
    private static let horizon: Int64 = 8 * 86_400 + 3600
    /// The most answers that are worked out, so that a reload of a thousand lines takes no longer than a second or two.
    private static let mostAnswers = 60_000

    init(from old: CompiledRules, to new: CompiledRules, at now: Instant, reported: Set<PhoneNumber>) {
        self.old = CallPolicy(old)
        self.new = CallPolicy(new)
        self.now = now
        self.reported = reported
    }

    /// The differences by line, in the order of the new file.
    var changes: [NamedChange] {
        let lines = new.compiled.rules.lines.filter { old.compiled.line($0.number).line != nil }
        var changes: [NamedChange] = []
        var answers = 0
        for (place, line) in lines.enumerated() {
            let moments = moments(of: line)
            answers += moments.count * 2
            guard answers <= Self.mostAnswers else {
                changes.append(("", "\(lines.count - place) more lines were not compared"))
                break
            }
            changes += LineWeek(line, pieces(of: line, at: moments), isReported: reported.contains(line.number)).words
                .map { (line.title, $0) }
        }
        return changes
    }

    private var end: Instant { now.advanced(bySeconds: Self.horizon) }

    /// When an answer on a line can change by itself, in order: now, each midnight, and what both files have.
    private func moments(of line: PhoneLine) -> [Instant] {
        var moments: Set<Instant> = [now]
        func add(_ next: (Instant) -> Instant?) {
            var moment = now
            while let change = next(moment), change < end {
                moments.insert(change)
                moment = change
            }
        }
        // Texts may say today and tomorrow.
        add { line.zone.start(ofDay: line.zone.local($0).date.daysSince1970 + 1, after: $0) }
        add { new.compiled.nextMoment(on: line, after: $0) }
        if let former = old.compiled.line(line.number).line {
            add { old.compiled.nextMoment(on: former, after: $0) }
        }
        return moments.sorted { $0.microseconds < $1.microseconds }
    }

    /// What both give, from each moment to the next.
    private func pieces(of line: PhoneLine, at moments: [Instant]) -> [LineWeek.Piece] {
        zip(moments, moments.dropFirst() + [end]).map { start, end in
            LineWeek.Piece(
                start: start, end: end, old: old.outlook(for: line.number, at: start),
                new: new.outlook(for: line.number, at: start))
        }
    }
}

/// What an unknown caller gets at one moment.
struct Outlook: Hashable {
    /// Whether the call is let in.
    let isOpen: Bool
    /// The answer in words, and who decides.
    let words: String
}

/// The next 7 days of one line by two rules files.
struct LineWeek {
    /// A time in which neither changes its answer.
    struct Piece {
        let start: Instant
        let end: Instant
        let old: Outlook
        let new: Outlook
    }

    private let zone: Zone
    private let pieces: [Piece]
    /// Whether what differs now is reported already.
    private let isReported: Bool

    private static let days = 7
    private static let mostTexts = 3

    init(_ line: PhoneLine, _ pieces: [Piece], isReported: Bool) {
        zone = line.zone
        self.pieces = pieces
        self.isReported = isReported
    }

    /// The differences, a sentence each.
    var words: [String] { times + texts }

    /// Days that open or close at other times, equal ones of a row together.
    private var times: [String] {
        let days = Set(pieces.map(day)).sorted().filter { $0 <= today + Self.days }
        var groups: [(first: Int, last: Int, words: String)] = []
        for day in days {
            guard let words = words(ofDay: day) else { continue }
            if let last = groups.last, last.last == day - 1, last.words == words, last.first != today {
                groups[groups.count - 1].last = day
            } else {
                groups.append((day, day, words))
            }
        }
        return groups.map { group in
            let days = group.first == group.last ? name(group.first) : "\(name(group.first))-\(name(group.last))"
            return "\(days) \(group.words)"
        }
    }

    private var today: Int { pieces.first.map(day) ?? 0 }

    private func day(_ piece: Piece) -> Int { zone.local(piece.start).date.daysSince1970 }

    private func name(_ day: Int) -> String {
        day == today ? "today" : CivilDate(daysSince1970: day).weekday.shortName
    }

    private func words(ofDay day: Int) -> String? {
        let (old, new) = (windows(ofDay: day, \.old), windows(ofDay: day, \.new))
        guard old != new else { return nil }
        guard let was = old.first, let now = new.first else {
            return new.isEmpty ? "closed instead of \(list(old))" : "\(list(new)) instead of closed"
        }
        let isRunning = day == today && pieces.first.map { $0.old.isOpen != $0.new.isOpen } == true
        guard old.count == 1, new.count == 1, !isRunning, was.start == now.start || was.end == now.end else {
            return "\(list(new)) instead of \(list(old))"
        }
        return was.end == now.end
            ? "opens \(clock(now.start)) instead of \(clock(was.start))"
            : "closes \(clock(now.end)) instead of \(clock(was.end))"
    }

    /// A stretch of one day, in seconds since midnight.
    private struct Window: Equatable {
        let start: Int
        var end: Int
    }

    private func windows(ofDay day: Int, _ outlook: KeyPath<Piece, Outlook>) -> [Window] {
        var windows: [Window] = []
        for piece in pieces where piece[keyPath: outlook].isOpen {
            let start = zone.local(piece.start)
            guard start.date.daysSince1970 == day else { continue }
            let end = zone.local(piece.end)
            let last = end.date == start.date ? end.secondOfDay : 86_400
            if windows.last?.end == start.secondOfDay {
                windows[windows.count - 1].end = last
            } else {
                windows.append(Window(start: start.secondOfDay, end: last))
            }
        }
        return windows
    }

    private func list(_ windows: [Window]) -> String {
        "open " + windows.map { "\(clock($0.start))-\(clock($0.end))" }.joined(separator: ", ")
    }

    private func clock(_ second: Int) -> String {
        let minutes = second / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// Other words at times at which both let the call in, or neither does.
    private var texts: [String] {
        guard let first = pieces.first else { return [] }
        var seen: Set<[Outlook]> = isReported ? [[first.old, first.new]] : []
        var found: [String] = []
        for piece in pieces where piece.old.isOpen == piece.new.isOpen && piece.old.words != piece.new.words {
            guard day(piece) <= today + Self.days else { break }
            guard seen.insert([piece.old, piece.new]).inserted else { continue }
            let local = zone.local(piece.start)
            found.append(
                "from \(name(local.date.daysSince1970)) \(local.clock) \(piece.new.words) instead of \(piece.old.words)"
            )
        }
        let rest = found.count > Self.mostTexts ? ["and \(found.count - Self.mostTexts) more answers"] : []
        return found.prefix(Self.mostTexts) + rest
    }
}
