// SPDX-License-Identifier: Apache-2.0

package import Calls

extension PhoneNumber: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        guard let number = PhoneNumber(text) else { preconditionFailure("\(text) is no number") }
        self = number
    }
}

extension PhonePrefix: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        guard let prefix = PhonePrefix(text) else { preconditionFailure("\(text) is no prefix") }
        self = prefix
    }
}
