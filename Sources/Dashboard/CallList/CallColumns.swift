// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// One column of the call list: its title, its width, what it shows and what a search finds in it.
struct CallColumn: Sendable {
    let title: String
    /// Its columns on a screen of this width: 0 for what the others leave, `nil` where there is no room for it.
    let width: @Sendable (_ screen: Int) -> Int?
    /// Numbers are aligned to the right.
    var isNumber = false
    /// What a search looks at; `nil` where that changes with the time: see ``CallNow``.
    var searched: (@Sendable (CallRecord, CallText) -> [String])?
    let cell: @Sendable (CallRecord, CellContext) -> Span

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
        CallColumn(title: "time", width: { $0 < 64 ? 5 : 8 }, searched: { _, text in [text.time] }) { call, context in
            let local = context.clock.local(call.firstHeardAt)
            return Span(context.width < 8 ? local.clock : local.clockWithSeconds, .muted)
        },
        CallColumn(
            title: "caller", width: { $0 < 112 ? 14 : 16 },
            searched: { call, _ in [call.caller.description, call.asSent?.caller ?? ""] }
        ) { call, _ in Span(call.caller.description, .call) },
        CallColumn(
            title: "line", width: { $0 < 76 ? nil : min(max($0 / 8, 10), 24) },
            searched: { call, _ in [call.lineName ?? "", call.called.description, call.asSent?.called ?? ""] }
        ) { call, _ in Span(call.lineText, .text) },
        CallColumn(
            title: "answer", width: { _ in 0 },
            searched: { call, text in [text.answer, call.answered?.decision.kind.rawValue ?? ""] }
        ) { call, context in
            let sign = call.answerSign(context.glyphs)
            let isShort = context.width < 16
            let answer = isShort ? call.answered?.decision.kind.rawValue ?? context.text.answer : context.text.answer
            return Span("\(sign) \(answer)", call.answerRole)
        },
        CallColumn(
            title: "by", width: { $0 < 96 ? nil : min(max($0 / 8, 12), 28) }, searched: { _, text in [text.by] }
        ) { call, context in
            Span(context.text.by, call.answered?.decision.by == .deadline ? .late : .muted)
        },
        CallColumn(title: "confirmed", width: { $0 < 140 ? 1 : 11 }) { call, context in
            let confirmation = call.confirmation
            let text = context.width < 11 ? confirmation.mark(context.glyphs) : confirmation.word
            // A failed call must not look fine because it got our answer.
            let isFailure = call.outcome(at: context.now) == .failed && confirmation == .applied
            return Span(text, isFailure ? .muted : confirmation.role)
        },
        CallColumn(
            title: "ms", width: { $0 < 58 ? nil : 5 }, isNumber: true,
            searched: { call, _ in [call.answered.map { Text.milliseconds($0.microseconds) } ?? ""] }
        ) { call, _ in
            guard let answered = call.answered else { return Span("", .muted) }
            return Span(
                Text.milliseconds(answered.microseconds), Latency.role(microseconds: answered.microseconds))
        },
        CallColumn(title: "state", width: { $0 < 140 ? 14 : 13 }) { call, context in
            Span(call.stateText(context.glyphs, now: context.now), call.stateRole(now: context.now))
        },
    ]

    /// What a search finds in a call whatever the time is: the searched columns and the id.
    static func searchedText(of call: CallRecord, _ text: CallText) -> String {
        (all.flatMap { $0.searched?(call, text) ?? [] } + [call.id.text]).joined(separator: "\n")
    }
}

/// The columns that fit a screen, and where they are.
struct CallColumns {
    let placed: [Placed]
    /// Where the first column begins; the marker of the selected call is drawn before it.
    private static let margin = 2

    struct Placed {
        let column: CallColumn
        let start: Int
        let width: Int
    }

    init(width: Int) {
        let gap = width < 112 ? 1 : 2
        let columns = CallColumn.all.compactMap { column in column.width(width).map { (column: column, width: $0) } }
        let taken = columns.reduce(Self.margin) { $0 + $1.width } + gap * (columns.count - 1)
        // One column stays free at the right edge where there is room.
        let rest = max(1, width - taken - (width < 64 ? 0 : 1))
        var start = Self.margin
        var placed: [Placed] = []
        for (column, wanted) in columns {
            let next = Placed(column: column, start: start, width: wanted > 0 ? wanted : rest)
            placed.append(next)
            start += next.width + gap
        }
        self.placed = placed
    }
}
