// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import WebhookJSON

/// The webhook decoder (simdjson) against the reader of whole documents: they take and refuse the same texts, and see the
/// same values in them.
enum WebhookTarget {
    static func webhook(_ bytes: [UInt8]) {
        let document = JSONReader.readAny(bytes)
        do throws(Refusal) {
            let webhook = try decode(bytes)
            guard let document else { return require(isDeep(bytes), "the decoder reads what is not JSON") }
            compare(webhook, document["message"])
        } catch {
            switch error {
            case .notJSON: require(document == nil, "the decoder refuses JSON: \(error)")
            case .noMessageType:
                guard let document else { return require(isDeep(bytes), "the decoder reads what is not JSON") }
                require((document["message"]?["type"]?.string ?? "").isEmpty, "the decoder misses the type")
            default: require(false, "a decoder does not refuse for \(error)")
            }
        }
    }

    private static func decode(_ bytes: [UInt8]) throws(Refusal) -> Webhook {
        try bytes.withUnsafeBytes { (bytes) -> Result<Webhook, Refusal> in
            do throws(Refusal) { return .success(try WebhookDecoder.decode(bytes)) } catch { return .failure(error) }
        }.get()
    }

    private static func compare(_ webhook: Webhook, _ message: JSONValue?) {
        let call = message?["call"]
        require(!(message?["type"]?.string ?? "").isEmpty, "the decoder invents a type")
        require(webhook.call.callID.text.same(call?["id"]?.string ?? ""), "the ids differ")
        require(webhook.call.callType.same(call?["type"]?.string ?? ""), "the types of the call differ")
        if let sent = webhook.call.asSent?.caller {
            require(sent.same(message?["customer"]?["number"]?.string ?? ""), "the callers differ")
        }
        if case .status(let status, _) = webhook.event {
            require(status.text.same(call?["status"]?.string ?? ""), "the states differ")
        }
    }

    /// Whether the document may be nested too deeply for the reader of whole documents.
    private static func isDeep(_ bytes: [UInt8]) -> Bool {
        bytes.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } > JSONTokenizer.deepest
    }
}

extension String {
    /// Whether two texts have the same bytes; `==` takes different spellings of a character for the same.
    func same(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
