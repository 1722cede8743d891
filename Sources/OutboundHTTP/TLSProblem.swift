// SPDX-License-Identifier: Apache-2.0

/// Why no encrypted connection was made, in words instead of those of the library.
package enum TLSProblem: Error, Hashable, Sendable {
    /// The other side answers, but not with TLS.
    case notTLS
    /// The certificate has expired, is not yet valid, is incomplete, or comes from nobody who is trusted.
    case untrusted
    /// The certificate is that of other hosts.
    case otherHost
    /// The other side ended the handshake, with this reason.
    case refused(String)
    case interrupted
    case other(String)
}

extension TLSProblem {
    /// Reads the error of a connection; `nil` if it is not about TLS.
    ///
    /// The library, which the HTTP client brings along, has most of its reasons in its descriptions only.
    init?(_ error: any Error) {
        self.init(type: String(reflecting: type(of: error)), description: "\(error)")
    }

    /// Reads the name of an error's type and its description.
    init?(type: String, description: String) {
        guard type.hasPrefix("NIOSSL.") else { return nil }
        let reasons: [(String, TLSProblem)] = [
            ("WRONG_VERSION_NUMBER", .notTLS), ("HTTP_REQUEST", .notTLS), ("HTTPS_PROXY_REQUEST", .notTLS),
            ("CERTIFICATE_VERIFY_FAILED", .untrusted), ("unableToValidateCertificate", .untrusted),
            ("failedToValidateHostname", .otherHost), ("cannotMatchULabel", .otherHost),
            ("eofDuringHandshake", .interrupted), ("uncleanShutdown", .interrupted), ("syscallError", .interrupted),
        ]
        if let (_, problem) = reasons.first(where: { description.contains($0.0) }) {
            self = problem
            return
        }
        // Such as `error:10000460:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNRECOGNIZED_NAME at FILE:LINE`.
        let word = description.split(separator: ":").lazy.map { $0.prefix { $0 != " " } }
            .first { $0.contains("_") && $0.allSatisfy { $0 == "_" || $0.isUppercase || $0.isNumber } }
        guard let word else {
            self = .other("the handshake failed")
            return
        }
        if let alert = word.firstRange(of: "_ALERT_") {
            self = .refused(Self.words(word[alert.upperBound...]))
        } else {
            self = .other(Self.words(word))
        }
    }

    private static func words(_ word: Substring) -> String {
        word.lowercased().split(separator: "_").joined(separator: " ")
    }
}

extension TLSProblem: CustomStringConvertible {
    /// What is wrong.
    package var description: String {
        switch self {
        case .notTLS: "this port does not speak TLS"
        case .untrusted: "the certificate is not trusted: expired, incomplete, or of an unknown authority"
        case .otherHost: "the certificate is for another host"
        case .refused(let reason): "the server refused the TLS handshake: \(reason)"
        case .interrupted: "the connection was closed during the TLS handshake"
        case .other(let reason): "TLS failed: \(reason)"
        }
    }

    /// What to do.
    package var advice: String {
        switch self {
        case .notTLS: "use http://, or the port at which the proxy speaks TLS"
        case .untrusted: "renew the certificate, and have the proxy send the whole chain"
        case .otherHost: "use a host that the certificate names, or have this one added to it"
        case .refused, .interrupted, .other: "look into the log of the proxy"
        }
    }
}
