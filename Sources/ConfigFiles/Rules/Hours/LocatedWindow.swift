// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// A window with its position in the file.
struct LocatedWindow {
    let window: MinuteWindow
    let position: SourcePosition

    /// Two windows that share minutes; `later` is further down in the file.
    struct Overlap: Hashable {
        let earlier: String
        let later: String
        let earlierLine: Int
        let position: SourcePosition
    }

    /// Returns the windows of a week, by `Weekday.rawValue`, that overlap, also where one runs into the next day.
    static func overlaps(inWeek week: [[LocatedWindow]]) -> [Overlap] {
        let minutes = 1440
        let days = week.enumerated().flatMap { day, windows in windows.map { ($0, from: day * minutes) } }
        // The week is a ring: what begins on Sunday may run into Monday.
        let monday = (week.first ?? []).map { ($0, from: week.count * minutes) }
        return overlaps(days + monday)
    }

    /// Returns the windows of one date that overlap.
    static func overlaps(inDay windows: [LocatedWindow]) -> [Overlap] { overlaps(windows.map { ($0, from: 0) }) }

    private static func overlaps(_ placed: [(LocatedWindow, from: Int)]) -> [Overlap] {
        let ordered = placed.sorted { $0.0.window.start + $0.from < $1.0.window.start + $1.from }
        var widest: (window: LocatedWindow, end: Int)?
        var found: [Overlap] = []
        for (next, from) in ordered {
            let end = next.window.end + from
            if let open = widest, next.window.start + from < open.end, next.position != open.window.position {
                found.append(Overlap(open.window, next))
            }
            if end > widest?.end ?? 0 { widest = (next, end) }
        }
        var seen: Set<Overlap> = []
        return found.filter { seen.insert($0).inserted }
    }
}

extension LocatedWindow.Overlap {
    fileprivate init(_ one: LocatedWindow, _ other: LocatedWindow) {
        let (first, second) = one.position < other.position ? (one, other) : (other, one)
        self.init(
            earlier: first.window.description, later: second.window.description, earlierLine: first.position.line,
            position: second.position)
    }

    /// Describes the overlap, and what to do.
    var message: String {
        let place = earlierLine == position.line ? "" : " on line \(earlierLine)"
        if earlier == later {
            return "`\(later)` is listed twice for the same day\(place.isEmpty ? "" : ", first" + place); keep one"
        }
        return "`\(later)` overlaps `\(earlier)`\(place); merge them, or move an end"
    }
}
