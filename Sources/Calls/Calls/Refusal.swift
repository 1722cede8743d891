// SPDX-License-Identifier: Apache-2.0

/// Why a request was refused before any rule was asked.
package enum Refusal: Error, Hashable, Sendable {
    case missingSignature
    case badSignature
    /// Signed this many seconds ago; negative when the stamp lies in the future.
    case stale(age: Int64)
    case notHTTP
    case notJSON(problem: String)
    case noMessageType
    case wrongPath
    case wrongMethod
    case tooLarge(limit: Int)
    case tooSlow
    case stopping

    /// The reason as one word, for counters and JSON lines; a format.
    package var code: String {
        switch self {
        case .missingSignature: "missing_signature"
        case .badSignature: "bad_signature"
        case .stale: "stale_signature"
        case .notHTTP: "not_http"
        case .notJSON: "not_json"
        case .noMessageType: "no_message_type"
        case .wrongPath: "wrong_path"
        case .wrongMethod: "wrong_method"
        case .tooLarge: "too_large"
        case .tooSlow: "too_slow"
        case .stopping: "stopping"
        }
    }

    /// Whether the signature is the reason.
    package var isUnsigned: Bool {
        switch self {
        case .missingSignature, .badSignature, .stale: true
        case .notHTTP, .notJSON, .noMessageType, .wrongPath, .wrongMethod, .tooLarge, .tooSlow, .stopping:
            false
        }
    }
}

extension Refusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missingSignature: "the signature or its timestamp is missing; is webhook_secret set on the platform?"
        case .badSignature: "the signature does not match the body; is the secret the same on both sides?"
        case .stale(let age):
            "signed \(age) s ago, the limit is \(PlatformLimits.signatureAge.components.seconds) s; are both clocks right?"
        case .notHTTP: "not an HTTP/1.1 request"
        case .notJSON(let problem): "the body is not JSON: \(problem)"
        case .noMessageType: "the body has no message.type"
        case .wrongPath: "not the webhook path"
        case .wrongMethod: "not a POST request"
        case .tooLarge(let limit): "the body is larger than \(limit) bytes"
        case .tooSlow: "the request was not complete in time"
        case .stopping: "the server is stopping"
        }
    }
}
