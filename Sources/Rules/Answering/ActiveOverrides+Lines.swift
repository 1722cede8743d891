// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

extension ActiveOverrides {
    /// How a line is closed; a line that is `nil` means a number of no line.
    func closing(for line: PhoneLine?, at now: Instant) -> Closing? {
        guard !closures.isEmpty else { return nil }
        return closing(of: line?.number, group: line?.group, at: now)
    }

    /// Whether an operator makes a line skip its hours.
    func skipsHours(for line: PhoneLine?, at now: Instant) -> Bool {
        guard !openings.isEmpty else { return false }
        return skipsHours(of: line?.number, group: line?.group, at: now)
    }

    /// Whether an operator decides if a line is open, so that its hours do not count.
    func decideHours(of line: PhoneLine?, at now: Instant) -> Bool {
        closing(for: line, at: now) != nil || skipsHours(for: line, at: now)
    }

    /// When an override of a line next ends.
    func nextEnd(on line: PhoneLine?, after now: Instant) -> Instant? {
        (closures + openings + greetings).compactMap { override in
            guard let until = override.until, until > now,
                override.scope.covers(line?.number, group: line?.group)
            else { return nil }
            return until
        }.min()
    }

    /// Returns the index of the greeting that counts for a line.
    func greeting(for line: PhoneLine?, at now: Instant) -> Int? {
        guard !greetings.isEmpty else { return nil }
        return greeting(of: line?.number, group: line?.group, at: now)
    }

    /// The scopes that cover a line, the widest first.
    static func scopes(of line: PhoneLine?) -> [Scope] {
        line.map { Scope.covering($0.number, group: $0.group) } ?? [.all]
    }
}

/// The answers to calls on a line that closures close, by the text of the newest one.
struct ClosureAnswers: Sendable {
    /// How long a call lasts in which callers only hear that the line is closed, in seconds.
    private static let informedCall = 60

    private let rejecting: AnswerTable.Spellings
    private let announcing: AnswerTable.Spellings

    init(_ closure: Override, tags: Bool) {
        let text = TextTemplate(literal: closure.kind.text ?? "")
        rejecting = AnswerTable.Spellings(.reject(text), tags: tags)
        announcing = AnswerTable.Spellings(
            .assistant(AssistantAnswer(greeting: text, maxDuration: Self.informedCall)), tags: tags)
    }

    /// The answer that rejects the call, or has the assistant announce the text.
    func answer(rejects: Bool) -> AnswerTable.Spellings { rejects ? rejecting : announcing }
}

extension Override {
    /// What it does, who set it and since when, for *why*.
    func reason(in zone: Zone) -> String {
        let end = until.map { ", until \(zone.local($0).clock)" } ?? ""
        return "\(kind.phrases.effect) by \(who.user) since \(zone.local(since).clock)\(end)"
            + (reason.isEmpty ? "" : ": \(reason)")
    }

    /// What it has to do with the closing of a line, for *why*; empty where that is all there is to it.
    func part(in closing: ActiveOverrides.Closing?, newest: Override?) -> String {
        guard let closing, let newest else { return "" }
        switch kind {
        case .forcedOpen: return " (skips the hours only; \(newest.words) keeps the line closed)"
        case .closed, .greeting: return scope == newest.scope ? "" : " (\(newest.words) is newer and gives the text)"
        case .inform:
            guard scope == newest.scope else { return " (\(newest.words) is newer and gives the text)" }
            return closing.rejects ? " (the call is rejected, as an older closure rejects)" : ""
        }
    }
}
