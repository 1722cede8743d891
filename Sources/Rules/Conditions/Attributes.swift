// SPDX-License-Identifier: Apache-2.0

package import Calls

extension Condition {
    /// A test of a call.
    ///
    /// Adding a kind starts here: the compiler asks for its place in the two switches below, and the generator of
    /// `ImplicationPropertyTests` for values of it.
    package indirect enum Test: Equatable, Sendable {
        case caller(Member<Caller>)
        case callerCountry(Member<CallerCountry>)
        case callerLanguage(Member<CallerLanguage>)
        case contactKnown(Member<ContactKnown>)
        case contact(Member<ContactAttribute>)
        case line(Member<Line>)
        case group(Member<LineGroup>)
        case lineFact(Member<LineFact>)
        case callType(Member<CallType>)
        case date(Member<Today>)
        case weekday(Member<DayOfWeek>)
        case during(OpenHours)
        case calls(CallCount)
        case seenBefore(SeenBefore)
        case liveCalls(LiveCallCount)

        /// The kinds of tests, for whatever has to cover all of them.
        package enum Kind: CaseIterable, Sendable {
            case caller, callerCountry, callerLanguage, contactKnown, contact, line, group, lineFact, callType, date,
                weekday,
                during,
                calls, seenBefore, liveCalls
        }

        /// The answering path: each kind is called directly.
        func truth(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Truth {
            switch self {
            case .caller(let test): try test.truth(in: context, hours: hours)
            case .callerCountry(let test): try test.truth(in: context, hours: hours)
            case .callerLanguage(let test): try test.truth(in: context, hours: hours)
            case .contactKnown(let test): try test.truth(in: context, hours: hours)
            case .contact(let test): try test.truth(in: context, hours: hours)
            case .line(let test): try test.truth(in: context, hours: hours)
            case .group(let test): try test.truth(in: context, hours: hours)
            case .lineFact(let test): try test.truth(in: context, hours: hours)
            case .callType(let test): try test.truth(in: context, hours: hours)
            case .date(let test): try test.truth(in: context, hours: hours)
            case .weekday(let test): try test.truth(in: context, hours: hours)
            case .during(let test): try test.truth(in: context, hours: hours)
            case .calls(let test): try test.truth(in: context, hours: hours)
            case .seenBefore(let test): try test.truth(in: context, hours: hours)
            case .liveCalls(let test): try test.truth(in: context, hours: hours)
            }
        }

        /// The test and its kind, for everything that may take its time.
        private var described: (kind: Kind, test: any CallTest) {
            switch self {
            case .caller(let test): (.caller, test)
            case .callerCountry(let test): (.callerCountry, test)
            case .callerLanguage(let test): (.callerLanguage, test)
            case .contactKnown(let test): (.contactKnown, test)
            case .contact(let test): (.contact, test)
            case .line(let test): (.line, test)
            case .group(let test): (.group, test)
            case .lineFact(let test): (.lineFact, test)
            case .callType(let test): (.callType, test)
            case .date(let test): (.date, test)
            case .weekday(let test): (.weekday, test)
            case .during(let test): (.during, test)
            case .calls(let test): (.calls, test)
            case .seenBefore(let test): (.seenBefore, test)
            case .liveCalls(let test): (.liveCalls, test)
            }
        }

        var callTest: any CallTest { described.test }
        package var kind: Kind { described.kind }
    }
}

/// An attribute of a call that can be one of a set of values; the type of the set is the attribute's own.
package protocol Attribute: Equatable, Sendable {
    associatedtype Values: ValueSet, Sendable

    static func test(_ member: Member<Self>) -> Condition.Test

    /// The value that the call has; `nil` where it has none, which is in no set.
    func value(in context: EvaluationContext) throws(MissingFact) -> Values.Value?

    /// Explains why the value is among these or not.
    func reason(_ values: Values, _ held: Bool, in context: EvaluationContext) throws(MissingFact) -> String

    // The rest has a default, which knows nothing. It costs a warning or some speed, never a right answer.

    /// Whether the value is among these; undetermined where the call's value could not be had or cannot be read.
    func truth(of values: Values, in context: EvaluationContext) throws(MissingFact) -> Truth
    /// See `CallTest.mayBeUndetermined`.
    func mayBeUndetermined(_ values: Values) -> Bool
    /// Whether a test for `others` is determined wherever one for `values` passes.
    func determines(_ values: Values, _ others: Values) -> Bool
    /// See `CallTest.outcome(without:)`.
    func outcome(_ values: Values, without lack: Lack) -> Bool?
    /// See `CallTest.lack`.
    func lack(_ values: Values) -> Lack?
    /// See `CallTest.excludedLack`.
    func excludedLack(_ values: Values) -> Lack?
    /// See `CallTest.lines(_:)`.
    func lines(_ values: Values, _ references: RuleReferences) -> Set<PhoneNumber>?
    /// See `CallTest.callerKeys`.
    func callerKeys(_ values: Values) -> RuleKeys?
}

extension Attribute {
    package func truth(of values: Values, in context: EvaluationContext) throws(MissingFact) -> Truth {
        guard let value = try value(in: context) else { return .fails }
        return Truth(values.contains(value, on: context.date))
    }
    package func mayBeUndetermined(_ values: Values) -> Bool { false }
    package func determines(_ values: Values, _ others: Values) -> Bool { true }
    package func outcome(_ values: Values, without lack: Lack) -> Bool? { nil }
    package func lack(_ values: Values) -> Lack? { nil }
    package func excludedLack(_ values: Values) -> Lack? { nil }
    package func lines(_ values: Values, _ references: RuleReferences) -> Set<PhoneNumber>? { nil }
    package func callerKeys(_ values: Values) -> RuleKeys? { nil }
}

/// The test that an attribute of the call is one of these values.
package struct Member<A: Attribute>: Equatable, Sendable {
    let attribute: A
    package let values: A.Values

    init(_ attribute: A, _ values: A.Values) {
        self.attribute = attribute
        self.values = values
    }
}

extension Member: CallTest {
    func truth(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Truth {
        try attribute.truth(of: values, in: context)
    }

    func holds(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Bool {
        try truth(in: context, hours: hours) == .holds
    }

    var mayBeUndetermined: Bool { attribute.mayBeUndetermined(values) }

    func reason(_ held: Bool, in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> String {
        try attribute.reason(values, held, in: context)
    }

    func implies(_ other: any CallTest, _ references: RuleReferences) -> Bool {
        guard let other = other as? Self, attribute == other.attribute else { return false }
        return values.isSubset(of: other.values)
    }

    func excludes(_ other: any CallTest) -> Bool {
        guard let other = other as? Self, attribute == other.attribute else { return false }
        return values.isDisjoint(with: other.values)
    }

    func refutes(_ other: any CallTest) -> Bool {
        guard other.mayBeUndetermined else { return excludes(other) }
        guard let other = other as? Self, attribute == other.attribute else { return false }
        return values.isDisjoint(with: other.values) && attribute.determines(values, other.values)
    }

    var alternatives: [Condition.Test] { values.singles.map { A.test(Member(attribute, $0)) } }
    var lack: Lack? { attribute.lack(values) }
    var excludedLack: Lack? { attribute.excludedLack(values) }
    var callerKeys: RuleKeys? { attribute.callerKeys(values) }

    func outcome(without lack: Lack) -> Bool? { attribute.outcome(values, without: lack) }
    func lines(_ references: RuleReferences) -> Set<PhoneNumber>? { attribute.lines(values, references) }
}

/// Who calls, by number.
package struct Caller: Attribute {
    package init() {}

    package static func test(_ member: Member<Caller>) -> Condition.Test { .caller(member) }

    package func value(in context: EvaluationContext) -> Party? { context.call.caller }

    package func reason(_ values: CallerSet, _ held: Bool, in context: EvaluationContext) -> String {
        let caller = "caller \(context.call.caller)"
        return switch values {
        case .numbers(let numbers):
            "\(caller) \(verb("is", held)) "
                + (numbers.count == 1 ? numbers.map(\.description).joined() : "one of \(numbers.count) numbers")
        case .list(let list): reason(list, held, in: context)
        case .ranges(let ranges): "\(caller) \(verb("is", held)) in \(list(ranges))"
        case .prefixes(let prefixes): "\(caller) \(held ? "begins" : "does not begin") with \(list(prefixes))"
        case .withheld: held ? "the caller withholds the number" : "the caller shows a number"
        }
    }

    private func reason(_ list: CallerList, _ held: Bool, in context: EvaluationContext) -> String {
        let caller = "caller \(context.call.caller)"
        if !held, let last = list.entries.lastDay(of: context.call.caller) {
            return "the entry for \(caller) in \(list.file) ended on \(last)"
        }
        return "\(caller) \(verb("is", held)) in \(list.file), a list of \(list.entries.count)"
    }

    package func outcome(_ values: CallerSet, without lack: Lack) -> Bool? {
        switch lack {
        // A list may have withheld numbers until some day.
        case .number: if case .list = values, values.contains(.withheld) { nil } else { values.contains(.withheld) }
        case .contact: nil
        }
    }

    package func lack(_ values: CallerSet) -> Lack? { values == .withheld ? .number : nil }

    package func callerKeys(_ values: CallerSet) -> RuleKeys? { values.keys }
}

/// The country that the caller's number belongs to (ISO 3166-1).
package struct CallerCountry: Attribute {
    package init() {}

    package static func test(_ member: Member<CallerCountry>) -> Condition.Test { .callerCountry(member) }

    package func value(in context: EvaluationContext) throws(MissingFact) -> String? { try context.origin()?.country }

    package func reason(_ values: Set<String>, _ held: Bool, in context: EvaluationContext) -> String {
        let caller = context.call.caller
        return switch context.facts.origin {
        case .unasked: "the country of \(caller) was not looked up"
        case .known(nil): "\(caller) belongs to no country"
        case .known(let origin?):
            "\(caller) belongs to \(origin.country)" + (held ? "" : ", not \(list(values.sorted()))")
        }
    }

    package func outcome(_ values: Set<String>, without lack: Lack) -> Bool? { lack == .number ? false : nil }
}

/// The language that most people speak where the caller's number belongs (ISO 639-1).
package struct CallerLanguage: Attribute {
    package init() {}

    package static func test(_ member: Member<CallerLanguage>) -> Condition.Test { .callerLanguage(member) }

    package func value(in context: EvaluationContext) throws(MissingFact) -> String? { try context.origin()?.language }

    package func reason(_ values: Set<String>, _ held: Bool, in context: EvaluationContext) -> String {
        guard case .known(let origin?) = context.facts.origin, let language = origin.language else {
            return CallerCountry().reason(values, held, in: context)
        }
        return "\(language) is spoken in \(origin.country)" + (held ? "" : ", not \(list(values.sorted()))")
    }

    package func outcome(_ values: Set<String>, without lack: Lack) -> Bool? { lack == .number ? false : nil }
}

/// The number that was called.
package struct Line: Attribute {
    package init() {}

    package static func test(_ member: Member<Line>) -> Condition.Test { .line(member) }

    package func value(in context: EvaluationContext) -> PhoneNumber? { context.call.called.number }

    package func reason(_ values: Set<PhoneNumber>, _ held: Bool, in context: EvaluationContext) -> String {
        "line \(context.call.called) \(verb("is", held)) \(list(values.sorted { $0.digits < $1.digits }))"
    }

    package func lines(_ values: Set<PhoneNumber>, _ references: RuleReferences) -> Set<PhoneNumber>? { values }
}

/// The group of the line that was called.
package struct LineGroup: Attribute {
    package init() {}

    package static func test(_ member: Member<LineGroup>) -> Condition.Test { .group(member) }

    package func value(in context: EvaluationContext) -> String? { context.called.line?.group }

    package func reason(_ values: Set<String>, _ held: Bool, in context: EvaluationContext) -> String {
        let group = context.line?.group.map { "group \($0)" } ?? "no group"
        return "the line is in \(group), \(held ? "as" : "not") \(list(values.sorted()))"
    }

    package func lines(_ values: Set<String>, _ references: RuleReferences) -> Set<PhoneNumber>? {
        references.lines(inGroups: values)
    }
}

/// The platform's word for the kind of call, such as `inbound_phone_call`.
package struct CallType: Attribute {
    package init() {}

    package static func test(_ member: Member<CallType>) -> Condition.Test { .callType(member) }

    package func value(in context: EvaluationContext) -> String? { context.call.callType }

    package func reason(_ values: Set<String>, _ held: Bool, in context: EvaluationContext) -> String {
        "the call is \(context.call.callType), \(held ? "" : "not ")\(list(values.sorted()))"
    }
}

/// The date on the line's clock.
package struct Today: Attribute {
    package init() {}

    package static func test(_ member: Member<Today>) -> Condition.Test { .date(member) }

    package func value(in context: EvaluationContext) -> CivilDate? { context.date }

    package func reason(_ values: [DatePattern], _ held: Bool, in context: EvaluationContext) -> String {
        "\(context.date) \(verb("is", held)) in \(list(values))"
    }
}

/// The day of the week on the line's clock.
package struct DayOfWeek: Attribute {
    package init() {}

    package static func test(_ member: Member<DayOfWeek>) -> Condition.Test { .weekday(member) }

    package func value(in context: EvaluationContext) -> Weekday? { context.date.weekday }

    package func reason(_ values: Set<Weekday>, _ held: Bool, in context: EvaluationContext) -> String {
        let days = values.sorted { $0.rawValue < $1.rawValue }
        return "it is \(context.date.weekday.shortName), \(held ? "one of" : "not") \(list(days.map(\.shortName)))"
    }
}

private func verb(_ verb: String, _ held: Bool) -> String { held ? verb : verb + " not" }

private func list(_ items: some Sequence<some CustomStringConvertible>) -> String {
    items.map(\.description).joined(separator: " or ")
}
