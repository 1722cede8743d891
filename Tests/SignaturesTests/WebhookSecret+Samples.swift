// SPDX-License-Identifier: Apache-2.0

import Signatures
import Testing

extension WebhookSecret {
    /// The secret of the contract's vectors.
    static let test = named("switchboard-test-secret")

    /// Makes a secret of a text, which must not be empty.
    static func named(_ text: String) -> WebhookSecret {
        guard let secret = WebhookSecret(Array(text.utf8)) else { preconditionFailure("a secret has characters") }
        return secret
    }
}
