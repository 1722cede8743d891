// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters
import Screen

/// What was decided for a call, in words, and the text that a search looks at.
///
/// Working the words out means deciding the call again, so a call that was shown or searched once keeps them.
struct CallText: Sendable {
    let answer: String
    let by: String
    /// When the call came, as the row shows it.
    let time: String
    /// The searched text, folded (see ``SearchText``); empty before somebody searches.
    let folded: [UInt8]
    private let id: CallID
    private let isAnswered: Bool

    init(_ call: CallRecord, on clock: LocalClock) {
        time = clock.local(call.firstHeardAt).clockWithSeconds
        answer = call.answered?.words ?? "not asked"
        by = call.answered?.decision.by.description ?? ""
        id = call.id
        isAnswered = call.answered != nil
        folded = []
    }

    private init(_ call: CallRecord, searchable text: CallText) {
        answer = text.answer
        by = text.by
        time = text.time
        id = text.id
        isAnswered = text.isAnswered
        folded = SearchText.folded(CallColumn.searchedText(of: call, text))
    }

    /// The words with the text that a search looks at.
    static func searchable(_ words: CallText, _ call: CallRecord) -> CallText {
        CallText(call, searchable: words)
    }

    /// Whether it has the text that a search looks at, which is never empty.
    var isSearchable: Bool { !folded.isEmpty }

    /// Whether these are the words of a call; they change once, when its answer is known.
    func belongs(to call: CallRecord) -> Bool {
        isAnswered == (call.answered != nil) && id == call.id
    }
}

/// The words of the calls that were shown or searched, by their sequence; bounded.
struct CallTexts: Sendable {
    private var texts: [UInt64: CallText] = [:]
    private let clock: LocalClock

    /// About 300 bytes each; more calls than this are worked out again.
    private static let most = 16_384

    init(clock: LocalClock) {
        self.clock = clock
    }

    subscript(call: CallRecord) -> CallText {
        if let text = texts[call.sequence], text.belongs(to: call) { text } else { CallText(call, on: clock) }
    }

    /// Keeps the words of calls that are about to be drawn.
    mutating func keep(_ calls: [CallRecord]) {
        for call in calls { _ = words(of: call) }
    }

    /// Returns the words of a call without what a search looks at, which takes longer to work out.
    mutating func words(of call: CallRecord) -> CallText {
        if let text = texts[call.sequence], text.belongs(to: call) { return text }
        return store(CallText(call, on: clock), for: call)
    }

    /// Returns the words of a call with what a search looks at, and whether that had to be worked out.
    mutating func text(of call: CallRecord) -> (text: CallText, isNew: Bool) {
        if let text = texts[call.sequence], text.belongs(to: call), text.isSearchable { return (text, false) }
        return (store(CallText.searchable(words(of: call), call), for: call), true)
    }

    private mutating func store(_ text: CallText, for call: CallRecord) -> CallText {
        if texts[call.sequence] == nil, texts.count >= Self.most { forgetOldest() }
        texts[call.sequence] = text
        return text
    }

    /// Drops the older half.
    private mutating func forgetOldest() {
        let middle = texts.keys.sorted()[texts.count / 2]
        texts = texts.filter { $0.key >= middle }
    }
}

extension CallRecord {
    /// The sign before the answer.
    func answerSign(_ glyphs: Glyphs) -> String {
        guard let answered else { return glyphs.dash }
        return answered.decision.kind == .rejected ? glyphs.cross : glyphs.check
    }

    var answerRole: Role {
        switch answered?.decision.kind {
        case .rejected: rejectedRole
        case .standard, .greeting, .override, .analysis, .limit, .raw: .answered
        case nil: .muted
        }
    }

    /// Hours and rules reject calls every day; only an operator's closure wants attention.
    private var rejectedRole: Role {
        answered?.decision.by.rejects.isDeliberate == true ? .rejected : .muted
    }

    /// The line; the called number is never withheld, but the platform may leave it out.
    var lineText: String { lineName ?? (called == .withheld ? "no number" : called.description) }

    /// Caller and line, for titles.
    func parties(_ glyphs: Glyphs) -> String {
        "\(caller) \(glyphs.marker) \(lineText)"
    }

    /// The state of the call, with its sign.
    func stateText(_ glyphs: Glyphs, now: Instant) -> String {
        "\(stateSign(glyphs, now: now)) \(stateWords(now: now))"
    }

    private func stateSign(_ glyphs: Glyphs, now: Instant) -> String {
        switch outcome(at: now) {
        case .ringing: glyphs.ringing
        case .live: glyphs.live
        case .ended: glyphs.ended
        case .failed: glyphs.failed
        case .rejected, .noNews: glyphs.dash
        }
    }

    private func stateWords(now: Instant) -> String { state.words(outcome(at: now), now: now) }

    func stateRole(now: Instant) -> Role {
        switch outcome(at: now) {
        case .ringing: .call
        case .live: .live
        case .ended, .noNews: .muted
        case .failed: .failed
        case .rejected: rejectedRole
        }
    }
}

extension CallState {
    /// The state in words, with the length of the call.
    func words(_ outcome: CallOutcome, now: Instant) -> String {
        guard outcome != .noNews else { return outcome.words }
        return switch self {
        case .ringing: "ringing"
        case .live(let since):
            "live \(DurationText.clock(seconds: Int(now.microseconds(since: since) / 1_000_000)))"
        case .ended(let seconds):
            "ended" + (seconds.map { " \(DurationText.clock(seconds: $0))" } ?? "")
        case .failed: "failed"
        case .rejected: "rejected"
        case .other(let status): status.text
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
    /// From four fifths of the limit on, in microseconds.
    private static let nearTheLimit = UInt64(PlatformLimits.answerMilliseconds) * 800

    static func role(microseconds: UInt64) -> Role {
        switch microseconds {
        case ...CallTrait.slowest: .fast
        case ..<nearTheLimit: .slow
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
