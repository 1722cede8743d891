// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// One column of the call list: its name, its width, what it shows and what a search finds in it.
struct CallColumn: Sendable {
    /// Its title, and its name on the command line.
    let name: String
    /// What it shows, in a few words.
    let help: String
    /// Its columns on a screen of this width: 0 for what the others leave, `nil` where there is no room for it unless
    /// somebody chose it.
    let width: @Sendable (_ screen: Int) -> Int?
    /// Its columns where somebody chose it and `width` has none.
    var narrow = 8
    /// What goes first where there is no room for all: the highest.
    let rank: Int
    /// Numbers are aligned to the right.
    var isNumber = false
    /// Whether the list has it unless somebody chooses.
    var isUsual = true
    /// What a search looks at; `nil` where that changes with the time, or is a part of another column.
    var searched: (@Sendable (CallRecord, CallText) -> [String])?
    /// What a list that is sorted by it puts first, in words.
    var direction = Direction.ascending
    /// Its columns where nothing else takes the rest of the screen; `nil` where more would show nothing more.
    var widest: Int?
    /// What the list is sorted by; `nil` for a call that has no value.
    let key: @Sendable (CallRecord, Instant) -> SortKey?
    let cell: @Sendable (CallRecord, CellContext) -> Span

    /// What comes first in a sorted list, and the other way round.
    struct Direction: Hashable, Sendable {
        let usual: String
        let reversed: String

        static let ascending = Direction(usual: "ascending", reversed: "descending")
        static let words = Direction(usual: "A to Z", reversed: "Z to A")
    }

    /// What a cell is drawn with.
    struct CellContext {
        let text: CallText
        let width: Int
        let glyphs: Glyphs
        let clock: LocalClock
        let now: Instant
    }
}

extension CallColumn {
    /// The columns from left to right; a new one is a new row here.
    static let all: [CallColumn] = [
        CallColumn(
            name: "time", help: "when the call came", width: { $0 < 64 ? 5 : 8 }, rank: 1,
            searched: { _, text in [text.time] },
            direction: Direction(usual: "newest first", reversed: "oldest first"),
            key: { call, _ in .number(-call.firstHeardAt.microseconds) }
        ) { call, context in
            let local = context.clock.local(call.firstHeardAt)
            return Span(local.listed(at: context.clock.local(context.now), width: context.width), .muted)
        },
        CallColumn(
            name: "caller", help: "the caller's number", width: { $0 < 112 ? 14 : 16 }, narrow: 14, rank: 0,
            searched: { call, _ in [call.caller.description, call.asSent?.caller ?? ""] },
            key: { call, _ in call.caller == .withheld ? nil : .text(call.caller.description) }
        ) { call, _ in Span(call.caller.description, .call) },
        CallColumn(
            name: "contact", help: "the caller's name, where a contact source knows it",
            width: { $0 < 112 ? nil : min(max($0 / 9, 12), 24) }, narrow: 12, rank: 4,
            searched: { call, _ in [call.contactName ?? ""] }, direction: .words,
            key: { call, _ in call.contactName.map(SortKey.text) }
        ) { call, _ in Span(call.contactName ?? "", .text) },
        CallColumn(
            name: "line", help: "the phone line", width: { $0 < 58 ? nil : min(max($0 / 8, 10), 24) }, narrow: 10,
            rank: 5,
            searched: { call, _ in [call.lineName ?? "", call.called.description, call.asSent?.called ?? ""] },
            direction: .words, key: { call, _ in .text(call.lineText) }
        ) { call, _ in Span(call.lineText, .text) },
        CallColumn(
            name: "called", help: "the number called", width: { _ in nil }, narrow: 14, rank: 8, isUsual: false,
            key: { call, _ in .text(call.called.description) }
        ) { call, _ in Span(call.called.description, .text) },
        CallColumn(
            name: "replica", help: "the replica that answered, on a desk of several servers",
            width: { $0 < 100 ? nil : min(max($0 / 14, 8), 16) }, rank: 8,
            searched: { call, _ in [call.replica ?? ""] }, direction: .words,
            key: { call, _ in call.replica.map(SortKey.text) }
        ) { call, _ in Span(call.replica ?? "", .muted) },
        CallColumn(
            name: "answer", help: "our answer", width: { _ in 0 }, rank: 2,
            searched: { call, text in [text.answer, call.answered?.decision.kind.rawValue ?? ""] },
            direction: .words, key: { call, _ in call.answered.map { .text($0.decision.kind.rawValue) } }
        ) { call, context in
            let sign = call.answerSign(context.glyphs)
            let isShort = context.width < 16
            let answer = isShort ? call.answered?.decision.kind.rawValue ?? context.text.answer : context.text.answer
            return Span("\(sign) \(answer)", call.answerRole)
        },
        CallColumn(
            name: "by", help: "who decided: a rule, an override, hours",
            width: { $0 < 76 ? nil : min(max($0 / 8, 10), 28) }, narrow: 10, rank: 6,
            searched: { _, text in [text.by] },
            direction: .words, key: { call, _ in call.answered.map { .text($0.decision.by.description) } }
        ) { call, context in
            Span(context.text.by, call.answered?.decision.by == .deadline ? .late : .muted)
        },
        CallColumn(
            name: "confirmed", help: "whether the platform applied the answer", width: { $0 < 140 ? 1 : 11 }, narrow: 1,
            rank: 7, direction: .words, key: { call, _ in .text(call.confirmation.word) }
        ) { call, context in
            let confirmation = call.confirmation
            let text = context.width < 11 ? confirmation.mark(context.glyphs) : confirmation.word
            // A failed call must not look fine because it got our answer.
            let isFailure = call.outcome(at: context.now) == .failed && confirmation == .applied
            return Span(text, isFailure ? .muted : confirmation.role)
        },
        CallColumn(
            name: "took", help: "how long the answer took", width: { $0 < 100 ? nil : 6 }, narrow: 6, rank: 9,
            isNumber: true,
            searched: { call, _ in [call.answered.map { Glyphs.unicode.time(microseconds: $0.microseconds) } ?? ""] },
            direction: Direction(usual: "slowest first", reversed: "fastest first"),
            key: { call, _ in call.answered.map { .number(-Int64(clamping: $0.microseconds)) } }
        ) { call, context in
            guard let answered = call.answered else { return Span("", .muted) }
            return Span(
                context.glyphs.time(microseconds: answered.microseconds),
                Latency.role(microseconds: answered.microseconds))
        },
        CallColumn(
            name: "state", help: "what has become of the call", width: { $0 < 140 ? 14 : 13 }, narrow: 14, rank: 3,
            direction: .words, key: { call, now in .text(call.outcome(at: now).words) }
        ) { call, context in
            Span(call.stateText(context.glyphs, now: context.now), call.stateRole(now: context.now))
        },
        CallColumn(
            name: "id", help: "the call's id", width: { _ in nil }, narrow: 12, rank: 10, isUsual: false,
            searched: { call, _ in [call.id.text] }, widest: 64, key: { call, _ in .text(call.id.text) }
        ) { call, _ in Span(call.id.text, .muted) },
    ]

    /// Those that the list has unless somebody chooses, as far as the calls have anything for them.
    static func usual(_ contents: CallColumns.Contents) -> [CallColumn] {
        all.filter { $0.isUsual && contents.fill($0.name) }
    }

    static func named(_ name: some StringProtocol) -> CallColumn? {
        let name = name.lowercased()
        return all.first { $0.name == name || name == formerNameOfTook && $0.name == "took" }
    }

    /// What `took` was called in an earlier version, and may be called in settings.
    static let formerNameOfTook = "ms"

    /// What a search finds in a call whatever the time is: the searched columns.
    static func searchedText(of call: CallRecord, _ text: CallText) -> String {
        all.flatMap { $0.searched?(call, text) ?? [] }.joined(separator: "\n")
    }
}

/// The columns that fit a screen, and where they are.
struct CallColumns {
    let placed: [Placed]
    /// Where the first column begins; the marker of the selected call is drawn before it.
    private static let margin = 2
    /// What the column that takes the rest needs at least, where others were chosen.
    private static let leastRest = 8

    /// What calls have that most desks do not.
    struct Contents: Hashable, Sendable {
        var hasContacts = false
        var hasReplicas = false

        /// Takes note of some calls.
        mutating func note(_ calls: [CallRecord]) {
            if !hasContacts { hasContacts = calls.contains { $0.contactName != nil } }
            if !hasReplicas { hasReplicas = calls.contains { $0.replica != nil } }
        }

        /// Whether a column has anything to show.
        func fill(_ column: String) -> Bool {
            switch column {
            case "contact": hasContacts
            case "replica": hasReplicas
            default: true
            }
        }
    }

    struct Placed {
        let column: CallColumn
        let start: Int
        let width: Int
    }

    /// - Parameters:
    ///   - width: The columns of the screen.
    ///   - chosen: The names of the columns from left to right; `nil` for the usual ones.
    ///   - contents: What is known of any call.
    init(width: Int, chosen: [String]? = nil, contents: Contents = Contents()) {
        let gap = width < 112 ? 1 : 2
        // One column stays free at the right edge where there is room.
        let room = width - Self.margin - (width < 64 ? 0 : 1)
        var wanted: [(column: CallColumn, width: Int)]
        let known = chosen?.compactMap { CallColumn.named($0) } ?? []
        if !known.isEmpty {
            let columns = known.map { ($0, $0.width(width) ?? $0.narrow) }
            wanted = Self.fitting(columns, room: room, gap: gap)
        } else {
            wanted = CallColumn.usual(contents).compactMap { column in column.width(width).map { (column, $0) } }
        }
        let taken = wanted.reduce(0) { $0 + $1.width } + gap * max(0, wanted.count - 1)
        let rest = max(1, room - taken)
        if taken < room, !wanted.contains(where: { $0.width == 0 }),
            let place = wanted.firstIndex(where: { $0.column.widest != nil })
        {
            wanted[place].width = min(wanted[place].column.widest ?? 0, wanted[place].width + room - taken)
        }
        var start = Self.margin
        var placed: [Placed] = []
        for (column, wanted) in wanted {
            let next = Placed(column: column, start: start, width: wanted > 0 ? wanted : rest)
            placed.append(next)
            start += next.width + gap
        }
        self.placed = placed
    }

    /// As many of the columns as there is room for; what matters least goes first.
    private static func fitting(
        _ columns: [(column: CallColumn, width: Int)], room: Int, gap: Int
    ) -> [(column: CallColumn, width: Int)] {
        var columns = columns
        while columns.count > 1 {
            let taken = columns.reduce(gap * (columns.count - 1)) { $0 + ($1.width == 0 ? leastRest : $1.width) }
            guard taken > room,
                let last = columns.indices.max(by: { columns[$0].column.rank < columns[$1].column.rank })
            else { break }
            columns.remove(at: last)
        }
        return columns
    }
}

extension CallRecord {
    /// The caller's name, where a contact source knew it.
    var contactName: String? { answered?.contact?.contact?["name"] }
}

extension LocalTime {
    /// The time of a call as the list shows it: of an earlier day with that day, `su 17:30`, or its date after a week.
    fileprivate func listed(at now: LocalTime, width: Int) -> String {
        switch now.date.daysSince1970 - date.daysSince1970 {
        case 0: return width < 8 ? clock : clockWithSeconds
        case 1..<7 where width >= 8: return "\(date.weekday.shortName.prefix(2)) \(clock)"
        default: return String(date.description.suffix(5))
        }
    }
}
