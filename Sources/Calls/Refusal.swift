// SPDX-License-Identifier: Apache-2.0

/// Why a request was turned away before any rule was asked.
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

    /// The reason as one word, for counters and JSON lines.
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

    /// Whether the signature was at fault.
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
        case .missingSignature: "the signature or its timestamp is missing: is webhook_secret set on the platform?"
        case .badSignature: "the signature does not match the body: is it the same secret on both sides?"
        case .stale(let age): "signed \(age) s ago, at most 300 s are allowed: are both clocks right?"
        case .notHTTP: "the bytes are not HTTP/1.1"
        case .notJSON(let problem): "the body is not JSON: \(problem)"
        case .noMessageType: "the body has no message.type"
        case .wrongPath: "another path than the webhook's"
        case .wrongMethod: "another method than POST"
        case .tooLarge(let limit): "the body is larger than \(limit) bytes"
        case .tooSlow: "the request was not complete in time"
        case .stopping: "the server is stopping"
        }
    }
}
