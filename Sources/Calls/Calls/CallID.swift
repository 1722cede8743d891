// SPDX-License-Identifier: Apache-2.0

/// The platform's name of a call; opaque, and personal data, since it may embed the caller's number
/// (docs/platform.md, Identity of a call).
///
/// The text is hashed once, when the webhook is read: a log looks a call up several times.
package struct CallID: Hashable, Sendable {
    package let text: String
    private let digest: Int

    package init(_ text: String) {
        self.text = text
        digest = text.hashValue
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
    }

    package static func == (left: CallID, right: CallID) -> Bool {
        left.digest == right.digest && left.text == right.text
    }
}

extension CallID: CustomStringConvertible {
    package var description: String { text }
}
