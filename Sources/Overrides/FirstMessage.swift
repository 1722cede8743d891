// SPDX-License-Identifier: Apache-2.0

import Calls

/// What a caller hears first.
package enum FirstMessage: Hashable, Sendable {
    /// This, word for word.
    case text(String)
    /// The greeting of the saved assistant, which the platform knows.
    case assistant
    /// What another server answers, by its name.
    case otherServer(String)
}

extension FirstMessage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .text(let text): "\"\(text)\""
        case .assistant: "the assistant's own greeting"
        case .otherServer(let name): "what \(name) answers"
        }
    }

    /// The text, where it is known word for word.
    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
