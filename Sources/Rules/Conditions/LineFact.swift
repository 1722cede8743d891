// SPDX-License-Identifier: Apache-2.0

package import Calls
import Overrides

/// What the file says of the called line under one name.
package struct LineFact: Attribute {
    private let name: String

    /// Creates it for a name in lower case.
    package init(_ name: String) {
        self.name = name
    }

    package static func test(_ member: Member<LineFact>) -> Condition.Test { .lineFact(member) }

    package func value(in context: EvaluationContext) -> String?? {
        guard let line = context.called.line else { return nil }
        return .some(line.facts[name])
    }

    package func truth(of values: ContactValues, in context: EvaluationContext) -> Truth {
        context.called.line.map { values.truth(for: $0.facts[name]) } ?? .fails
    }

    package func mayBeUndetermined(_ values: ContactValues) -> Bool {
        if case .numbers = values { true } else { false }
    }

    package func determines(_ values: ContactValues, _ others: ContactValues) -> Bool { values.determine(others) }

    package func reason(_ values: ContactValues, _ held: Bool, in context: EvaluationContext) -> String {
        guard let line = context.line else { return "\(context.call.called) is in no line" }
        guard let value = line.facts[name] else { return "the line has no \(name)" }
        switch values {
        case .present, .absent: return "the line has the fact \(name)"
        case .oneOf(let wanted):
            let wanted = wanted.sorted().joined(separator: " or ")
            return "the line's \(name) is \(value), \(held ? "as" : "not") \(wanted)"
        case .numbers(let range):
            guard DecimalText.number(in: value) != nil else {
                return "cannot tell: the line's \(name) is \(value), which is not a number such as 1234.50"
            }
            return "the line's \(name) is \(value), \(held ? "" : "not ")\(range)"
        }
    }

    /// The lines with such a value, for people who do not have the file at hand.
    func lines(with values: ContactValues) -> String {
        switch values {
        case .present: "lines with \(name)"
        case .absent: "lines without \(name)"
        case .oneOf(let wanted): "lines with \(name) \(wanted.sorted().shortList)"
        case .numbers(let range): "lines with \(name) \(range)"
        }
    }

    package func lines(_ values: ContactValues, _ references: RuleReferences) -> Set<PhoneNumber>? {
        references.lines(withFact: name, in: values)
    }
}
