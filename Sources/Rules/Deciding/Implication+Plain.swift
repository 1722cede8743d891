// SPDX-License-Identifier: Apache-2.0

import Calls

extension Implication {
    /// Whether one condition without parts follows from another.
    func followsPlainly(_ given: Condition, _ asked: Condition) -> Bool {
        if let numbers = given.callers { return asked.holds(forAll: numbers) }
        switch (given, asked) {
        case (.callerBegins(let narrow), .callerBegins(let wide)):
            return narrow.allSatisfy { prefix in wide.contains { prefix.begins(with: $0) } }
        case (.callerWithheld, .callerWithheld), (.callerWithheld, .contactKnown(false)),
            (.callerWithheld, .contact(_, .isPresent(false))), (.contactKnown(false), .contact(_, .isPresent(false))):
            return true
        case (.callerCountry(let narrow), .callerCountry(let wide)),
            (.callerLanguage(let narrow), .callerLanguage(let wide)), (.callType(let narrow), .callType(let wide)),
            (.group(let narrow), .group(let wide)):
            return narrow.isSubset(of: wide)
        case (.line(let narrow), .line(let wide)): return narrow.isSubset(of: wide)
        case (.line(let numbers), .group(let names)):
            return numbers.allSatisfy { number in groups[number].map(names.contains) ?? false }
        case (.group(let names), .line(let numbers)):
            return groups.allSatisfy { !names.contains($0.value) || numbers.contains($0.key) }
        case (.contactKnown(let left), .contactKnown(let right)): return left == right
        case (.contact(_, let test), .contactKnown(true)): return test.needsValue
        case (.contact(let left, let narrow), .contact(let right, let wide)):
            return left == right && narrow.implies(wide)
        case (.during(let narrow), .during(let wide)):
            return narrow == wide || hours[narrow].isPlainlyWithin(hours[wide])
        case (.date(let narrow), .date(let wide)):
            return narrow.allSatisfy { span in wide.contains { $0.contains(span.first) && $0.contains(span.last) } }
        case (.callsFromCaller(let strict), .callsFromCaller(let lax)),
            (.callsToLine(let strict), .callsToLine(let lax)):
            return strict.moreThan >= lax.moreThan && strict.withinSeconds <= lax.withinSeconds
        case (.callsFromCaller(let limit), .seenBefore(let seconds)): return limit.withinSeconds <= seconds
        case (.seenBefore(let short), .seenBefore(let long)): return short <= long
        default: return false
        }
    }

    /// Whether no call meets both of two conditions without parts; asked once each way round.
    func excludesPlainly(_ left: Condition, _ right: Condition) -> Bool {
        if case .callerWithheld = right { return left.needsCaller }
        if let numbers = left.callers {
            if let others = right.callers { return numbers.isDisjoint(with: others) }
            guard case .callerBegins(let prefixes) = right else { return false }
            return !numbers.contains { number in prefixes.contains { number.begins(with: $0) } }
        }
        switch (left, right) {
        case (.callerBegins(let some), .callerBegins(let others)):
            return !some.contains { prefix in
                others.contains { prefix.begins(with: $0) || $0.begins(with: prefix) }
            }
        case (.callerCountry(let some), .callerCountry(let others)),
            (.callerLanguage(let some), .callerLanguage(let others)), (.callType(let some), .callType(let others)),
            (.group(let some), .group(let others)):
            return some.isDisjoint(with: others)
        case (.line(let some), .line(let others)): return some.isDisjoint(with: others)
        case (.line(let numbers), .group(let names)):
            return !numbers.contains { number in groups[number].map(names.contains) ?? false }
        case (.contactKnown(let left), .contactKnown(let right)): return left != right
        case (.contact(_, let test), .contactKnown(false)): return test.needsValue
        case (.contact(let left, let test), .contact(let right, let other)):
            return left == right && test.excludes(other)
        case (.date(let some), .date(let others)):
            return !some.contains { span in others.contains { span.first <= $0.last && $0.first <= span.last } }
        default: return false
        }
    }
}
