// SPDX-License-Identifier: Apache-2.0

import Screen

/// Text of one role.
struct Span: Hashable, Sendable {
    let text: String
    let role: Role

    init(_ text: String, _ role: Role) {
        self.text = text
        self.role = role
    }
}
