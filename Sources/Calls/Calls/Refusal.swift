// SPDX-License-Identifier: Apache-2.0

/// Why a request was refused before any rule was asked.
package enum Refusal: Error, Hashable, Sendable {
    case missingSignature
    case badSignature
    /// The timestamp is something other than plain Unix seconds, such as milliseconds or a date.
    case badTimestamp
    /// Signed this many seconds ago; negative when the stamp lies in the future.
    case stale(age: Int64)
    case notHTTP
    case notJSON(problem: String)
    case noMessageType
    case wrongPath(AskedPath)
    case wrongMethod
    case tooLarge(limit: Int)
    case tooSlow
    /// The client said that nothing more comes before the request was complete.
    case incomplete
    /// An `Expect` other than `100-continue`.
    case unknownExpectation
    /// A transfer coding other than `chunked`.
    case unknownCoding
    /// One client behind a proxy has too many requests that are not complete.
    case tooManyRequests
    case stopping

    /// The reason as one word, for counters and JSON lines; a format.
    package var code: String {
        switch self {
        case .missingSignature: "missing_signature"
        case .badSignature: "bad_signature"
        case .badTimestamp: "bad_timestamp"
        case .stale: "stale_signature"
        case .notHTTP: "not_http"
        case .notJSON: "not_json"
        case .noMessageType: "no_message_type"
        case .wrongPath: "wrong_path"
        case .wrongMethod: "wrong_method"
        case .tooLarge: "too_large"
        case .tooSlow: "too_slow"
        case .incomplete: "incomplete"
        case .unknownExpectation: "unknown_expectation"
        case .unknownCoding: "unknown_coding"
        case .tooManyRequests: "too_many_requests"
        case .stopping: "stopping"
        }
    }

    /// Whether the signature is the reason.
    package var isUnsigned: Bool {
        switch self {
        case .missingSignature, .badSignature, .badTimestamp, .stale: true
        case .notHTTP, .notJSON, .noMessageType, .wrongPath, .wrongMethod, .tooLarge, .tooSlow, .incomplete,
            .unknownExpectation, .unknownCoding, .tooManyRequests, .stopping:
            false
        }
    }
}

/// Refused requests in words; one phrase for each reason, wherever it is shown.
package enum RefusalWords {
    /// The phrase of a code, such as `missing signature`.
    package static func phrase(_ code: String) -> String {
        code.map { $0 == "_" ? " " : String($0) }.joined()
    }

    /// The reasons with their counts, most frequent first, such as `12 missing signature, 2 bad signature`.
    package static func reasons(_ counts: [String: Int]) -> String {
        counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.value) \(phrase($0.key))" }.joined(separator: ", ")
    }

    /// How many requests were refused and why.
    package static func sentence(_ count: Int, by counts: [String: Int]) -> String {
        let reasons = reasons(counts)
        return "\(CountText.words(count, "request")) refused" + (reasons.isEmpty ? "" : ": \(reasons)")
    }
}

extension Refusal: CustomStringConvertible {
    private static var ageLimit: Int64 { PlatformLimits.signatureAge.components.seconds }

    package var description: String {
        switch self {
        case .missingSignature: "the signature or its timestamp is missing; is webhook_secret set on the platform?"
        case .badSignature: "the signature does not match the body; is the secret the same on both sides?"
        case .badTimestamp:
            "the timestamp is not in Unix seconds, such as 1782900000; does the sender use milliseconds or a date?"
        case .stale(let age) where age < 0:
            "signed \(age.magnitude) s ahead, the limit is \(Self.ageLimit) s: is the clock right?"
        case .stale(let age): "signed \(age) s ago, the limit is \(Self.ageLimit) s; are both clocks right?"
        case .notHTTP: "not an HTTP/1.1 request"
        case .notJSON(let problem): "the body is not JSON: \(problem)"
        case .noMessageType: "the body has no message.type"
        case .wrongPath(let path): "nothing is served at \(path); compare the path of webhook_url with `server.path`"
        case .wrongMethod: "not a POST request"
        case .tooLarge(let limit): "the body is larger than \(limit) bytes"
        case .tooSlow: "the request was not complete in time"
        case .incomplete: "the connection ended before the request was complete"
        case .unknownCoding: "the request has a transfer coding other than chunked"
        case .unknownExpectation: "the request expects something other than 100-continue"
        case .tooManyRequests: "too many requests of this client are incomplete"
        case .stopping: "the server is stopping"
        }
    }
}

/// The path of a refused request, for people: printable ASCII, cut where it is long, and without its query, which may
/// hold secrets.
package struct AskedPath: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// The most characters that are shown.
    private static let mostShown = 100
    private static let ellipsis = "..."

    package init(_ target: some StringProtocol) {
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let isWhole = path.count <= Self.mostShown
        let shown = path.prefix(isWhole ? Self.mostShown : Self.mostShown - Self.ellipsis.utf8.count)
        let clean = shown.map { (0x21..<0x7F).contains($0) ? $0 : UInt8(ascii: "_") }
        description = String(decoding: clean, as: UTF8.self) + (isWhole ? "" : Self.ellipsis)
    }
}
