// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import OutboundHTTP

struct TLSProblemTests {
    private static func handshake(_ code: String) -> String {
        "handshakeFailed(NIOSSL.BoringSSLError.sslError([Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:"
            + "\(code) at /home/builder/.build/checkouts/swift-nio-ssl/Sources/CNIOBoringSSL/ssl/tls_record.cc:127]))"
    }

    static let errors: [Row<String, TLSProblem>] = [
        Row("finding 13: a plain port", handshake("WRONG_VERSION_NUMBER"), .notTLS),
        Row("a web server without TLS", handshake("HTTP_REQUEST"), .notTLS),
        Row("an expired certificate", handshake("CERTIFICATE_VERIFY_FAILED"), .untrusted),
        Row(
            "a certificate of another host",
            "NIOSSLExtraError.failedToValidateHostname: Couldn't find <none> in certificate from peer", .otherHost),
        Row("an unknown name", handshake("TLSV1_ALERT_UNRECOGNIZED_NAME"), .refused("unrecognized name")),
        Row("no cipher in common", handshake("SSLV3_ALERT_HANDSHAKE_FAILURE"), .refused("handshake failure")),
        Row("an old version", handshake("UNSUPPORTED_PROTOCOL"), .other("unsupported protocol")),
        Row("a connection that ends", "handshakeFailed(NIOSSL.BoringSSLError.eofDuringHandshake)", .interrupted),
        Row("something new", "somethingNew", .other("the handshake failed")),
    ]

    @Test(arguments: errors) func errorsOfTheLibraryAreInPlainWords(_ row: Row<String, TLSProblem>) throws {
        let problem = try #require(TLSProblem(type: "NIOSSL.NIOSSLError", description: row.input))
        #expect(problem == row.expected)
        for unwanted in ["BoringSSL", ".build", "OPENSSL", "0x", "1000"] {
            #expect(!"\(problem) \(problem.advice)".contains(unwanted))
        }
    }

    @Test func otherErrorsAreNotOfTLS() {
        #expect(TLSProblem(type: "NIOCore.IOError", description: "CERTIFICATE_VERIFY_FAILED") == nil)
    }
}
