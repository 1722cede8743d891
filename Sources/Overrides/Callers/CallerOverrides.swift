// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The overrides on callers, found by number; a caller has at most one.
package struct CallerOverrides: Hashable, Sendable {
    private var byCaller: [PhoneNumber: CallerOverride] = [:]

    /// How many callers may have one.
    package static let most = 10_000

    package init() {}

    /// Of two on one caller the later one counts.
    package init(_ overrides: some Sequence<CallerOverride>) {
        for override in overrides { byCaller[override.caller] = override }
    }

    package var isEmpty: Bool { byCaller.isEmpty }
    package var count: Int { byCaller.count }

    /// The override on a caller, whether or not it has expired.
    package subscript(caller: PhoneNumber) -> CallerOverride? { byCaller[caller] }

    /// The override that counts for a caller at a moment; calls without a number have none.
    package func inForce(for caller: Party, at now: Instant) -> CallerOverride? {
        guard !byCaller.isEmpty, let number = caller.number, let found = byCaller[number], found.isInForce(at: now)
        else { return nil }
        return found
    }

    /// All of them, in the order in which they were set.
    package var all: [CallerOverride] { byCaller.values.sorted { $0.id < $1.id } }

    /// When the first one expires.
    package var nextEnd: Instant? { byCaller.values.lazy.compactMap(\.until).min() }

    /// Whether exactly this one is there.
    func contains(_ override: CallerOverride) -> Bool { byCaller[override.caller] == override }

    /// Whether one with this number is there.
    package func first(id: Int) -> CallerOverride? { byCaller.values.first { $0.id == id } }

    func expired(at now: Instant) -> [CallerOverride] {
        byCaller.values.filter { !$0.isInForce(at: now) }.sorted { $0.id < $1.id }
    }

    /// Puts an override in force and returns the one that it replaces.
    mutating func begin(_ override: CallerOverride) -> CallerOverride? {
        byCaller.updateValue(override, forKey: override.caller)
    }

    mutating func end(_ override: CallerOverride) {
        guard byCaller[override.caller]?.id == override.id else { return }
        byCaller[override.caller] = nil
    }
}

/// The overrides on callers as screens show them: how many, the first end, and the newest ones.
package struct CallersStatus: Hashable, Sendable {
    package private(set) var blocked: Int
    package private(set) var allowed: Int
    /// When the first one expires; `nil` where none does.
    package private(set) var nextEnd: Instant?
    /// The newest ones, the newest last; all of them unless there are more than ``mostShown``.
    package private(set) var newest: [CallerOverride]

    /// How many are listed.
    package static let mostShown = 100

    package static let none = CallersStatus(blocked: 0, allowed: 0, nextEnd: nil, newest: [])

    package init(blocked: Int, allowed: Int, nextEnd: Instant?, newest: [CallerOverride]) {
        self.blocked = blocked
        self.allowed = allowed
        self.nextEnd = nextEnd
        self.newest = newest
    }

    package init(_ overrides: CallerOverrides, at now: Instant) {
        let all = overrides.all.filter { $0.isInForce(at: now) }
        self.init(
            blocked: all.count(where: \.isBlock), allowed: all.count { !$0.isBlock },
            nextEnd: all.compactMap(\.until).min(), newest: Array(all.suffix(Self.mostShown)))
    }

    package var count: Int { blocked + allowed }
    package var isEmpty: Bool { count == 0 }

    /// Whether callers have one that is not listed.
    package var isCut: Bool { newest.count < count }

    /// The override on a caller; `nil` where there is none, or it is not listed.
    package func override(on caller: PhoneNumber) -> CallerOverride? { newest.last { $0.caller == caller } }

    /// How many, in words: `2 callers blocked, 1 allowed`; `nil` for none.
    package var words: String? {
        switch (blocked, allowed) {
        case (0, 0): nil
        case (0, _): "\(CountText.words(allowed, "caller")) allowed"
        case (_, 0): "\(CountText.words(blocked, "caller")) blocked"
        default: "\(CountText.words(blocked, "caller")) blocked, \(allowed) allowed"
        }
    }

    /// As it is at a later moment, as far as the listed ones say; the server knows the rest.
    func carriedOn(to now: Instant) -> CallersStatus {
        guard let nextEnd, nextEnd <= now else { return self }
        let over = newest.filter { !$0.isInForce(at: now) }
        var later = self
        later.newest.removeAll { !$0.isInForce(at: now) }
        later.blocked -= over.count(where: \.isBlock)
        later.allowed -= over.count { !$0.isBlock }
        later.nextEnd = later.newest.compactMap(\.until).min()
        return later
    }
}

extension CallerOverride {
    package var isBlock: Bool { kind.isBlock }
}

extension CallerOverride.Kind {
    /// Whether calls are rejected.
    package var isBlock: Bool {
        switch self {
        case .blocked: true
        case .allowed: false
        }
    }
}
