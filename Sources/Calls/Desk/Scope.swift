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

extension [Scope] {
    /// The scopes in their order, each once.
    package var eachOnce: [Scope] {
        reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The scopes as a sentence names them, such as `all lines` or `group amsterdam and line +31850835037`.
    package var words: String {
        map { $0 == .all ? "all lines" : $0.description }.formattedList
    }
}

extension [String] {
    /// The words with commas between them, and `and` before the last.
    package var formattedList: String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
