// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// What was decided for a call, in words, and the text that a search looks at.
///
/// Working the words out means deciding the call again, so a call that was shown or searched once keeps them.
struct CallText: Sendable {
    let answer: String
    let by: String
    /// The searched text, folded; see ``SearchText``.
    let folded: [UInt8]
    private let id: CallID
    private let isAnswered: Bool

    init(_ call: CallRecord) {
        answer = call.answered?.words ?? "not asked"
        by = call.answered?.decision.by.description ?? ""
        id = call.id
        isAnswered = call.answered != nil
        folded = []
    }

    private init(_ call: CallRecord, searchable text: CallText) {
        answer = text.answer
        by = text.by
        id = text.id
        isAnswered = text.isAnswered
        folded = SearchText.folded(CallColumn.searchedText(of: call, text))
    }

    /// The words with the text that a search looks at.
    static func searchable(_ call: CallRecord) -> CallText {
        CallText(call, searchable: CallText(call))
    }

    /// Whether these are the words of a call; they change once, when its answer is known.
    func belongs(to call: CallRecord) -> Bool {
        isAnswered == (call.answered != nil) && id == call.id
    }
}

/// The words of the calls that were shown or searched, by their sequence; bounded.
struct CallTexts: Sendable {
    private var texts: [UInt64: CallText] = [:]

    /// About 300 bytes each; more calls than this are worked out again.
    private static let most = 16_384

    subscript(call: CallRecord) -> CallText {
        if let text = texts[call.sequence], text.belongs(to: call) { text } else { CallText(call) }
    }

    /// Keeps the words of calls that are about to be drawn.
    mutating func keep(_ calls: [CallRecord]) {
        for call in calls { _ = text(of: call) }
    }

    /// Returns the words of a call, and whether they had to be worked out.
    mutating func text(of call: CallRecord) -> (text: CallText, isNew: Bool) {
        if let text = texts[call.sequence], text.belongs(to: call) { return (text, false) }
        let text = CallText.searchable(call)
        if texts.count >= Self.most { forgetOldest() }
        texts[call.sequence] = text
        return (text, true)
    }

    /// Drops the older half.
    private mutating func forgetOldest() {
        let middle = texts.keys.sorted()[texts.count / 2]
        texts = texts.filter { $0.key >= middle }
    }
}

extension CallRecord {
    /// A call that has rung this long without news, in seconds, is over (docs/platform.md, Events).
    private static let patience: Int64 = 120

    /// Whether the call has rung for so long without news that nothing more is expected.
    func isSilent(at now: Instant) -> Bool {
        guard case .ringing = state, let last = timeline.last else { return false }
        return now.microseconds(since: last.at) > Self.patience * 1_000_000
    }

    func isGoingOn(at now: Instant) -> Bool {
        state.isOpen && !isSilent(at: now)
    }

    /// The sign before the answer.
    func answerSign(_ glyphs: Glyphs) -> String {
        guard let answered else { return glyphs.dash }
        return answered.decision.kind == .rejected ? glyphs.cross : glyphs.check
    }

    var answerRole: Role {
        switch answered?.decision.kind {
        case .rejected: .rejected
        case .standard, .greeting, .override, .analysis, .limit, .raw: .answered
        case nil: .muted
        }
    }

    /// The line; the called number is never withheld, but the platform may leave it out.
    var lineText: String { lineName ?? (called == .withheld ? "no number" : called.description) }

    /// Caller and line, for titles.
    func parties(_ glyphs: Glyphs) -> String {
        "\(caller) \(glyphs.marker) \(lineText)"
    }

    /// The state of the call, with its sign.
    func stateText(_ glyphs: Glyphs, now: Instant) -> String {
        switch state {
        case .ringing: isSilent(at: now) ? "\(glyphs.dash) no news" : "\(glyphs.ringing) ringing"
        case .live(let since):
            "\(glyphs.live) live \(DurationText.clock(seconds: Int(now.microseconds(since: since) / 1_000_000)))"
        case .ended(let seconds):
            "\(glyphs.ended) ended" + (seconds.map { " \(DurationText.clock(seconds: $0))" } ?? "")
        case .failed: "\(glyphs.failed) failed"
        case .rejected: "\(glyphs.dash) rejected"
        case .other(let status): "\(glyphs.live) \(status.text)"
        }
    }

    func stateRole(now: Instant) -> Role {
        switch state {
        case .ringing: isSilent(at: now) ? .muted : .call
        case .live, .other: .live
        case .ended: .muted
        case .failed: .failed
        case .rejected: .rejected
        }
    }
}

extension Confirmation {
    /// One sign for it, for narrow screens.
    func mark(_ glyphs: Glyphs) -> String {
        switch self {
        case .notExpected: ""
        case .unconfirmed: "?"
        case .applied: glyphs.applied
        case .notApplied: glyphs.cross
        }
    }

    /// The word for it; empty where the platform cannot confirm anything.
    var word: String { self == .notExpected ? "" : rawValue }

    var role: Role {
        switch self {
        case .notExpected, .unconfirmed: .muted
        case .applied: .answered
        case .notApplied: .failed
        }
    }
}

/// The time of an answer against the platform's limit.
enum Latency {
    static func role(microseconds: UInt64) -> Role {
        switch microseconds {
        case ..<1_000_000: .fast
        case ..<4_000_000: .slow
        default: .late
        }
    }

    /// How many cells of a bar a time fills; any time at all fills one.
    static func cells(microseconds: UInt64, of width: Int) -> Int {
        guard microseconds > 0 else { return 0 }
        let share = Double(microseconds) / Double(PlatformLimits.answerMilliseconds * 1000)
        return min(width, max(1, Int((share * Double(width)).rounded(.up))))
    }
}
