// SPDX-License-Identifier: Apache-2.0

import Calls

extension Condition {
    /// The numbers of which the caller's must be one, where the condition asks just that.
    var callers: Set<PhoneNumber>? {
        switch self {
        case .callerIs(let numbers), .callerListed(_, let numbers): numbers
        default: nil
        }
    }

    /// Whether the condition, one without parts, holds for each of these callers whatever else the call has.
    func holds(forAll numbers: Set<PhoneNumber>) -> Bool {
        if let wanted = callers { return numbers.isSubset(of: wanted) }
        guard case .callerBegins(let prefixes) = self else { return false }
        return numbers.allSatisfy { number in prefixes.contains { number.begins(with: $0) } }
    }

    /// Whether only a caller who shows a number can meet the condition, one without parts.
    var needsCaller: Bool {
        switch self {
        case .callerIs, .callerListed, .callerBegins, .callerCountry, .callerLanguage, .contactKnown(true),
            .callsFromCaller:
            true
        case .contact(_, let test): test.needsValue
        default: false
        }
    }

    /// The same condition as several of which one must hold; `nil` where it has no alternatives.
    var alternatives: [Condition]? {
        let parts: [Condition]
        switch self {
        case .callerIs(let numbers) where numbers.count <= 256: parts = numbers.map { .callerIs([$0]) }
        case .callerBegins(let prefixes): parts = prefixes.map { .callerBegins([$0]) }
        case .callerCountry(let names): parts = names.map { .callerCountry([$0]) }
        case .callerLanguage(let names): parts = names.map { .callerLanguage([$0]) }
        case .line(let numbers): parts = numbers.map { .line([$0]) }
        case .group(let names): parts = names.map { .group([$0]) }
        case .callType(let names): parts = names.map { .callType([$0]) }
        case .date(let spans): parts = spans.map { .date([$0]) }
        case .contact(let name, .oneOf(let values)): parts = values.map { .contact(attribute: name, .oneOf([$0])) }
        default: return nil
        }
        return parts.count > 1 ? parts : nil
    }
}

extension AttributeTest {
    /// Whether only a contact with a value for the attribute passes.
    var needsValue: Bool { self != .isPresent(false) }

    /// Whether whatever passes this test passes the other one too.
    func implies(_ other: AttributeTest) -> Bool {
        switch (self, other) {
        case (.oneOf(let narrow), .oneOf(let wide)): narrow.isSubset(of: wide)
        case (.oneOf, .isPresent(let wanted)): wanted
        case (.isPresent(let left), .isPresent(let right)): left == right
        case (.isPresent, .oneOf): false
        }
    }

    /// Whether nothing passes both tests.
    func excludes(_ other: AttributeTest) -> Bool {
        switch (self, other) {
        case (.oneOf(let some), .oneOf(let others)): some.isDisjoint(with: others)
        case (.oneOf, .isPresent(let wanted)), (.isPresent(let wanted), .oneOf): !wanted
        case (.isPresent(let left), .isPresent(let right)): left != right
        }
    }
}
