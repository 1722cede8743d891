// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

extension CallRecord {
    /// A call that rings for longer without news is not waited for any more (contract, section 5).
    private static let patience: Int64 = 120

    /// Whether the call rings for so long without news that nothing more is to be expected.
    func isSilent(at now: Instant) -> Bool {
        guard case .ringing = state, let last = timeline.last else { return false }
        return now.microseconds(since: last.at) > Self.patience * 1_000_000
    }

    func isGoingOn(at now: Instant) -> Bool {
        state.isOpen && !isSilent(at: now)
    }

    /// The answer in words; hostile until it is written to the grid.
    func answerWords(_ glyphs: Glyphs, short: Bool) -> String {
        guard let exchange else { return "\(glyphs.dash) not asked" }
        let kind = exchange.decision.kind
        return "\(kind == .rejected ? glyphs.cross : glyphs.check) \(short ? kind.rawValue : exchange.words)"
    }

    var answerRole: Role {
        switch exchange?.decision.kind {
        case .rejected: .rejected
        case .standard, .greeting, .override, .analysis, .limit, .raw: .answered
        case nil: .muted
        }
    }

    /// The line; nobody withholds the number that is called, but the platform may not tell it.
    var lineWords: String { lineName ?? (called == .withheld ? "no number" : called.description) }

    /// Who called whom, for titles.
    func parties(_ glyphs: Glyphs) -> String {
        "\(caller) \(glyphs.marker) \(lineWords)"
    }

    /// Where the call stands, with its sign.
    func stateWords(_ glyphs: Glyphs, now: Instant) -> String {
        switch state {
        case .ringing: isSilent(at: now) ? "\(glyphs.dash) no news" : "\(glyphs.ringing) ringing"
        case .live(let since):
            "\(glyphs.live) live \(Words.length(seconds: Int(now.microseconds(since: since) / 1_000_000)))"
        case .ended(let seconds): "\(glyphs.ended) ended" + (seconds.map { " \(Words.length(seconds: $0))" } ?? "")
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

    /// The word for it; nothing where no echo can come.
    var word: String { self == .notExpected ? "" : rawValue }

    var role: Role {
        switch self {
        case .notExpected, .unconfirmed: .muted
        case .applied: .answered
        case .notApplied: .failed
        }
    }
}

/// The platform's patience, and how an answer's time stands against it.
enum Latency {
    /// The platform stops waiting after this long (contract, section 3).
    static let budgetMilliseconds = 5000

    static func role(microseconds: UInt64) -> Role {
        switch microseconds {
        case ..<1_000_000: .fast
        case ..<4_000_000: .slow
        default: .late
        }
    }

    /// How many of the cells of a bar a time fills; any time at all fills one.
    static func cells(microseconds: UInt64, of width: Int) -> Int {
        guard microseconds > 0 else { return 0 }
        let share = Double(microseconds) / Double(budgetMilliseconds * 1000)
        return min(width, max(1, Int((share * Double(width)).rounded(.up))))
    }
}
