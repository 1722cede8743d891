// SPDX-License-Identifier: Apache-2.0

import Calls
import ListenerTLS
import TestSupport
import Testing

@Suite struct TLSCertificateTests {
    private static func read(_ chain: String, _ key: String) throws(TLSCertificateProblem) -> TLSCertificate {
        try TLSCertificate(chain: Array(chain.utf8), key: Array(key.utf8))
    }

    static let pairs: [Row<[String], TLSCertificateProblem?>] = [
        Row("a certificate and its key", [SamplePEM.certificate, SamplePEM.key], nil),
        Row("a chain", [SamplePEM.certificate + "\n" + SamplePEM.otherCertificate, SamplePEM.key], nil),
        Row("both in one file", [SamplePEM.certificate + "\n" + SamplePEM.key, SamplePEM.key], nil),
        Row("a word above", ["Certificate of the desk\n" + SamplePEM.certificate, SamplePEM.key], nil),
        Row("the certificate of another key", [SamplePEM.otherCertificate, SamplePEM.key], .keyOfAnother),
        Row(
            "the chain the wrong way round",
            [SamplePEM.otherCertificate + "\n" + SamplePEM.certificate, SamplePEM.key], .keyOfAnother),
        Row("the files swapped", [SamplePEM.key, SamplePEM.certificate], .notACertificate),
        Row("the certificate twice", [SamplePEM.certificate, SamplePEM.certificate], .notAKey),
        Row("a key with a password", [SamplePEM.certificate, SamplePEM.encryptedKey], .encryptedKey),
        Row("an empty certificate", ["", SamplePEM.key], .notACertificate),
        Row("an empty key", [SamplePEM.certificate, ""], .notAKey),
        Row("a certificate cut off", [String(SamplePEM.certificate.prefix(200)), SamplePEM.key], .notACertificate),
        Row("a key cut off", [SamplePEM.certificate, String(SamplePEM.key.prefix(100))], .notAKey),
        Row("bytes", ["\u{0}\u{1}\u{FFFD}", SamplePEM.key], .notACertificate),
    ]

    @Test(arguments: pairs) func saysWhatIsWrongWithAPair(_ row: Row<[String], TLSCertificateProblem?>) {
        do throws(TLSCertificateProblem) {
            _ = try Self.read(row.input[0], row.input[1])
            #expect(row.expected == nil)
        } catch {
            #expect(error == row.expected)
        }
    }

    @Test func knowsWhenItExpires() throws {
        let certificate = try Self.read(SamplePEM.certificate, SamplePEM.key)
        #expect(certificate.validUntil == Instant(seconds: SamplePEM.expiry))
        #expect(certificate.validFrom < certificate.validUntil)
    }

    @Test func knowsItselfAgain() throws {
        let certificate = try Self.read(SamplePEM.certificate, SamplePEM.key)
        #expect(certificate.isSame(as: try Self.read(SamplePEM.certificate, SamplePEM.key)))
    }
}
