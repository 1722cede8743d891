// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// What a webhook says of the caller's number; all of these occur (contract, section 5).
package enum CallerNumber: Hashable, Sendable {
    /// As written, whether it is E.164 or not.
    case text(String)
    case null
    case absent

    /// The `customer` object.
    var customer: JSONValue {
        switch self {
        case .text(let number): .object([.init("number", .string(number))])
        case .null: .object([.init("number", .null)])
        case .absent: .object([])
        }
    }
}
