// SPDX-License-Identifier: Apache-2.0

package import Calls

/// On which of its lines an override does what its kind says, and what prevents it on the others.
package struct OverrideReach: Hashable, Sendable {
    package let override: Override
    /// How many lines its scope covers.
    package let count: Int
    /// Lines on which something prevents it, in the order of the rules file.
    package let limits: [Limit]

    /// Why an override does less on a line.
    package struct Limit: Hashable, Sendable {
        package let line: LineStatus
        package let cause: Cause
    }

    package enum Cause: Hashable, Sendable {
        /// Callers hear the text of a newer override.
        case newer(Override)
        /// Calls are rejected with this announcement, since another closure rejects them.
        case rejected(by: Override)
        /// The line is closed, so that nobody hears the greeting and an opening opens nothing.
        case closed(by: Decider)
        /// A rule that bypasses closures decides every call.
        case bypassed(by: Decider)
        /// The answer of a rule cannot carry a greeting: raw JSON, or another server's reply.
        case unchanged(by: Decider)
    }

    package init(_ override: Override, in status: ServerStatus, at now: Instant) {
        self.init(override, lines: status.lines, overrides: status.overrides, at: now)
    }

    package init(_ override: Override, lines: [LineStatus], overrides: [Override], at now: Instant) {
        let active = ActiveOverrides(overrides)
        let lines = lines.lines(in: override.scope)
        self.override = override
        count = lines.count
        limits = lines.compactMap { line in
            Self.cause(override, on: line, active, at: now).map { Limit(line: line, cause: $0) }
        }
    }

    private static func cause(
        _ override: Override, on line: LineStatus, _ active: ActiveOverrides, at now: Instant
    ) -> Cause? {
        switch override.kind {
        case .closed, .inform:
            guard case .override = line.by else { return .bypassed(by: line.by) }
            guard let closing = active.closing(of: line, at: now) else { return nil }
            let newest = active.closures[closing.newest]
            guard newest.id == override.id else { return .newer(newest) }
            guard !override.kind.rejects, let rejecting = closing.rejecting else { return nil }
            return .rejected(by: active.closures[rejecting])
        case .forcedOpen: return line.isOpen ? nil : .closed(by: line.by)
        case .greeting:
            // A newer greeting is not heard either where the line is closed or its answer takes none.
            guard line.isOpen else { return .closed(by: line.by) }
            guard let newest = active.greeting(on: line, at: now) else { return nil }
            guard line.says == newest.kind.text.map(FirstMessage.text) else { return .unchanged(by: line.by) }
            return newest.id == override.id ? nil : .newer(newest)
        }
    }

    /// Whether no caller of any of its lines hears its text.
    package var isUnheard: Bool {
        guard count > 0 else { return false }
        return limits.count { limit in
            if case .rejected = limit.cause { false } else { true }
        } == count
    }

    /// What limits it, for a sentence about it: `Front desk: the closure of group amsterdam is newer`; `nil` where
    /// nothing does.
    package var words: String? { words { _ in true } }

    /// The same of some of the causes.
    package func words(where isMeant: (Cause) -> Bool) -> String? {
        let limits = limits.filter { isMeant($0.cause) }
        guard !limits.isEmpty else { return nil }
        return limits.grouped { $0.cause }.map { cause, limits in
            limits.count == count ? cause.words : "\(limits.map(\.line.shownName).shortList): \(cause.words)"
        }.joined(separator: "; ")
    }

    /// How far it reaches in a few words, where there is no room for the causes: `2 of 6 only`; `nil` where nothing
    /// limits it, and where ``isUnheard`` says all.
    package var shortWords: String? {
        let rejected = limits.count { limit in
            if case .rejected = limit.cause { true } else { false }
        }
        let heard = count - limits.count + rejected
        guard !limits.isEmpty, heard > 0 else { return nil }
        let reach = heard < count ? "\(heard) of \(count) only" : nil
        let rejection = rejected == 0 ? nil : rejected == count ? "rejected" : "rejected on \(rejected)"
        return [reach, rejection].compactMap(\.self).joined(separator: ", ")
    }
}

extension OverrideReach.Cause {
    fileprivate var words: String {
        switch self {
        case .newer(let other): "\(other.words) is newer, callers hear that"
        case .rejected(let other): "\(other.words) rejects the calls"
        case .closed(.override(let scope)): "the closure of \(scope.words) keeps it closed"
        case .closed(let decider): "closed by \(decider)"
        case .bypassed(let decider): "\(decider) decides first"
        case .unchanged(let decider): "the answer by \(decider) is sent unchanged"
        }
    }
}

extension [String] {
    /// At most three of the names: `Front desk, Billing, Press and 4 more`.
    package var shortList: String {
        guard count > 3 else { return joined(separator: ", ") }
        return prefix(3).joined(separator: ", ") + " and \(count - 3) more"
    }
}
