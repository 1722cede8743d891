// SPDX-License-Identifier: Apache-2.0

package import Calls

extension Party {
    /// The number as it stood in the webhook; `nil` when it was withheld.
    package var wireText: String? {
        switch self {
        case .number(let number): number.description
        case .withheld: nil
        case .unusual(let text): text
        }
    }
}
