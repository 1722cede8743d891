// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// Whether the contact sources know the caller.
package enum ContactStanding: Hashable, Sendable, CaseIterable {
    case known
    /// Every source was asked, and none knows the caller; or the caller shows no number.
    case unknown
    /// No source knows the caller, and one or more could not be asked.
    case unavailable
}

/// What the contact sources know of a caller.
package struct ContactKnown: Attribute {
    package init() {}

    package static func test(_ member: Member<ContactKnown>) -> Condition.Test { .contactKnown(member) }

    package func value(in context: EvaluationContext) throws(MissingFact) -> ContactStanding? {
        try context.contactStanding()
    }

    package func truth(of values: Set<ContactStanding>, in context: EvaluationContext) throws(MissingFact) -> Truth {
        let standing = try context.contactStanding()
        if values.contains(standing) { return .holds }
        return standing == .unavailable ? .undetermined : .fails
    }

    package func mayBeUndetermined(_ values: Set<ContactStanding>) -> Bool { !values.contains(.unavailable) }

    package func determines(_ values: Set<ContactStanding>, _ others: Set<ContactStanding>) -> Bool {
        !values.contains(.unavailable)
    }

    package func reason(_ values: Set<ContactStanding>, _ held: Bool, in context: EvaluationContext) -> String {
        context.contactReason ?? "a contact source knows the caller"
    }

    package func outcome(_ values: Set<ContactStanding>, without lack: Lack) -> Bool? {
        // A call with a contact that is unavailable lacks nothing, and is not known either.
        if values.contains(.unavailable) { return values.contains(.unknown) ? true : nil }
        return values.contains(.unknown)
    }

    package func lack(_ values: Set<ContactStanding>) -> Lack? { values == [.unknown] ? .contact : nil }

    package func excludedLack(_ values: Set<ContactStanding>) -> Lack? { values == [.known] ? .contact : nil }
}

/// What the contact sources say of the caller under one name.
package struct ContactAttribute: Attribute {
    /// In lower case, as the attributes of a contact.
    package let name: String

    /// Creates it for a name in any case.
    package init(_ name: String) {
        self.name = Contact.key(name)
    }

    package static func test(_ member: Member<ContactAttribute>) -> Condition.Test { .contact(member) }

    package func value(in context: EvaluationContext) throws(MissingFact) -> String?? {
        guard case .value(let value) = try context.attribute(name) else { return nil }
        return value
    }

    package func truth(of values: ContactValues, in context: EvaluationContext) throws(MissingFact) -> Truth {
        switch try context.attribute(name) {
        case .unavailable: .undetermined
        case .value(let value): values.truth(for: value)
        }
    }

    package func mayBeUndetermined(_ values: ContactValues) -> Bool { true }

    package func determines(_ values: ContactValues, _ others: ContactValues) -> Bool {
        values.determine(others)
    }

    package func reason(_ values: ContactValues, _ held: Bool, in context: EvaluationContext) -> String {
        if let reason = context.contactReason { return reason }
        guard let contact = context.knownContact, let value = contact[name] else {
            let doubt = context.unavailableReason.map { "; \($0)" } ?? ""
            return "the contact has no \(name)" + doubt
        }
        switch values {
        case .present, .absent: return "the contact has the attribute \(name)"
        case .oneOf(let wanted):
            return "the contact's \(name) is \(value), \(held ? "as" : "not") \(alternatives(wanted.sorted()))"
        case .numbers(let range):
            guard DecimalText.number(in: value) != nil else {
                return "cannot tell: the contact's \(name) is \(value), which is not a number such as 1234.50"
            }
            return "the contact's \(name) is \(value), \(held ? "" : "not ")\(range)"
        }
    }

    package func outcome(_ values: ContactValues, without lack: Lack) -> Bool? { values.contains(nil) }

    /// The callers with such a value, for people who do not have the file at hand.
    func callers(with values: ContactValues) -> String {
        switch values {
        case .present: "contacts with \(name)"
        case .absent: "callers without \(name)"
        case .oneOf(let wanted): "contacts with \(name) \(wanted.sorted().shortList)"
        case .numbers(let range): "contacts with \(name) \(range)"
        }
    }
}

extension EvaluationContext {
    /// Why nothing can be said of the contact but whether there is one; `nil` where it is known.
    fileprivate var contactReason: String? {
        guard call.caller.number != nil || knownContact != nil else { return "the caller shows no number" }
        guard let lookup = knownLookup else { return "the contact was not looked up" }
        guard lookup.contact == nil else { return nil }
        return unavailableReason ?? "no contact source knows the caller"
    }

    /// Which sources could not be asked.
    fileprivate var unavailableReason: String? {
        guard let lookup = knownLookup, lookup.contact == nil || lookup.mayLackAttributes else {
            return nil
        }
        let failed = lookup.reports.filter(\.isFailure)
        return failed.isEmpty
            ? nil : "cannot tell: \(failed.map(\.description).joined(separator: ", "))"
    }
}

private func alternatives(_ items: [String]) -> String { items.joined(separator: " or ") }
