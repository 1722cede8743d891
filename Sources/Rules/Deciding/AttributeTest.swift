// SPDX-License-Identifier: Apache-2.0

/// What a rule asks of one attribute of a contact.
package enum AttributeTest: Hashable, Sendable {
    /// The value is one of these, whatever its case; kept in lower case.
    case oneOf(Set<String>)
    /// The attribute is there, or is not.
    case isPresent(Bool)

    /// Tells whether the value of an attribute passes.
    func passes(_ value: String?) -> Bool {
        switch self {
        case .oneOf(let wanted): value.map { wanted.contains($0.lowercased()) } ?? false
        case .isPresent(let wanted): (value != nil) == wanted
        }
    }
}
