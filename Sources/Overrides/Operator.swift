// SPDX-License-Identifier: Apache-2.0

import Calls

/// Who did something at the desk, and from where.
package struct Operator: Hashable, Sendable {
    package let user: String
    /// The terminal, such as `pts/3`; `nil` for a script.
    package let terminal: String?
    /// The machine's name.
    package let host: String?

    package init(user: String, terminal: String? = nil, host: String? = nil) {
        self.user = user
        self.terminal = terminal
        self.host = host
    }
}

extension Operator: CustomStringConvertible {
    /// The user with the place in brackets, such as `jan (pts/3 on desk1)`.
    package var description: String {
        let place = [terminal, host.map { "on \($0)" }].compactMap(\.self).joined(separator: " ")
        return place.isEmpty ? user : "\(user) (\(place))"
    }
}
