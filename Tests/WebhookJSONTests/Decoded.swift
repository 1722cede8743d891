// SPDX-License-Identifier: Apache-2.0

import Calls
import WebhookJSON

/// What the decoder makes of some bytes: a webhook or the reason why not.
enum Decoded: Equatable, Sendable {
    case webhook(Webhook)
    case refused(Refusal)

    init(_ bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { raw in
            do throws(Refusal) {
                return .webhook(try WebhookDecoder.decode(raw))
            } catch {
                return .refused(error)
            }
        }
    }

    init(_ text: String) {
        self.init(Array(text.utf8))
    }

    var webhook: Webhook? {
        if case .webhook(let webhook) = self { webhook } else { nil }
    }

    var refusal: Refusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    /// Whether the bytes were refused for not being JSON, whatever the words for it.
    var isNotJSON: Bool {
        if case .refused(.notJSON) = self { true } else { false }
    }
}
