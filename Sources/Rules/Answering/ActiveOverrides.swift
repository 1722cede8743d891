// SPDX-License-Identifier: Apache-2.0

import Calls
package import Overrides

/// The overrides in force, sorted by what they decide; at most one of a kind and scope.
///
/// An expired override does not count from that moment on, whether or not it has been removed by then.
package struct ActiveOverrides: Equatable, Sendable {
    /// The overrides that decide whether a line is open.
    package private(set) var closures: [Override] = []
    package private(set) var greetings: [Override] = []

    package init() {}

    /// Sorts overrides in the order in which they were set; a later one replaces an earlier one of its kind and scope.
    package init(_ overrides: [Override]) {
        for override in overrides { set(override) }
    }

    /// Adds an override; it replaces the earlier one of its kind and scope.
    package mutating func set(_ override: Override) {
        if override.kind.isClosure {
            closures = closures.filter { $0.scope != override.scope } + [override]
        } else {
            greetings = greetings.filter { $0.scope != override.scope } + [override]
        }
    }

    /// Returns the index of the override that closes or opens a line: the widest scope wins.
    func closure(for line: PhoneLine?, at now: Instant) -> Int? {
        guard !closures.isEmpty else { return nil }
        return Self.scopes(of: line).lazy.compactMap { closure(of: $0, at: now) }.first
    }

    /// Returns the index of the override that closes or opens a scope.
    func closure(of scope: Scope, at now: Instant) -> Int? {
        closures.firstIndex { $0.scope == scope && $0.isInForce(at: now) }
    }

    /// Returns the index of the greeting that counts for a line: the narrowest scope wins.
    func greeting(for line: PhoneLine?, at now: Instant) -> Int? {
        guard !greetings.isEmpty else { return nil }
        return Self.scopes(of: line).reversed().lazy.compactMap { scope in
            greetings.firstIndex { $0.scope == scope && $0.isInForce(at: now) }
        }.first
    }

    /// The scopes that cover a line, the widest first.
    static func scopes(of line: PhoneLine?) -> [Scope] {
        line.map { Scope.covering($0.number, group: $0.group) } ?? [.all]
    }
}

extension Override.Kind {
    /// How long a call lasts in which callers only hear that the line is closed, in seconds.
    private static let informedCall = 60

    /// The answer to calls while it closes their line.
    var answer: Answer {
        switch self {
        case .closed(let text): .reject(TextTemplate(literal: text))
        case .inform(let text):
            .assistant(AssistantAnswer(greeting: TextTemplate(literal: text), maxDuration: Self.informedCall))
        case .forcedOpen, .greeting: .standard
        }
    }
}

extension Override {
    /// What it does, who set it and since when, for *why*.
    func reason(in zone: Zone) -> String {
        let end = until.map { ", until \(zone.local($0).clock)" } ?? ""
        return "\(kind.phrases.effect) by \(who.user) since \(zone.local(since).clock)\(end)"
            + (reason.isEmpty ? "" : ": \(reason)")
    }
}
