// SPDX-License-Identifier: Apache-2.0

/// Which lines an operator's override touches.
package enum Scope: Hashable, Sendable {
    case all
    case group(String)
    case line(PhoneNumber)
}

extension Scope: CustomStringConvertible {
    package var description: String {
        switch self {
        case .all: "all"
        case .group(let name): "group \(name)"
        case .line(let number): "line \(number)"
        }
    }
}
