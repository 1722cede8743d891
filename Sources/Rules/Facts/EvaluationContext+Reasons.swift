// SPDX-License-Identifier: Apache-2.0

import Calls

extension EvaluationContext {
    /// Says why a condition on the caller's country holds or does not.
    func reason(ofCountry wanted: String, _ held: Bool) -> String {
        switch facts.origin {
        case .unasked: "the country of \(call.caller) was not looked up"
        case .known(nil): "\(call.caller) belongs to no country"
        case .known(let origin?): "\(call.caller) belongs to \(origin.country)" + (held ? "" : ", not \(wanted)")
        }
    }

    /// Says why a condition on the caller's language holds or does not.
    func reason(ofLanguage wanted: String, _ held: Bool) -> String {
        guard case .known(let origin?) = facts.origin, let language = origin.language else {
            return reason(ofCountry: wanted, held)
        }
        return "\(language) is spoken in \(origin.country)" + (held ? "" : ", not \(wanted)")
    }

    /// Says why a condition on an attribute of the contact holds or does not.
    func reason(of attribute: String, _ test: AttributeTest, _ held: Bool) -> String {
        guard call.caller.number != nil else { return "the caller shows no number" }
        guard case .known(let lookup) = facts.contact else { return "the contact was not looked up" }
        guard let contact = lookup.contact else { return "no contact source knows the caller" }
        guard let value = contact[attribute] else { return "the contact has no \(attribute)" }
        return switch test {
        case .isPresent: "the contact has the attribute \(attribute)"
        case .oneOf(let wanted):
            "the contact's \(attribute) is \(value), \(held ? "as" : "not") \(wanted.sorted().joined(separator: " or "))"
        }
    }

    /// Says whether the caller called before.
    func reasonOfBeingSeen(within seconds: Int) -> String {
        let time = ElapsedText.of(seconds: seconds)
        guard let last = facts.earlier.fromCaller.first else { return "no earlier call of the caller is remembered" }
        let ago = ElapsedText.of(seconds: Int(now.microseconds(since: last) / 1_000_000))
        return "the caller called \(ago) ago, \(wasSeen(within: seconds) ? "" : "not ")within \(time)"
    }
}
