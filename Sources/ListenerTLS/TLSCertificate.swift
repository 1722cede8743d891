// SPDX-License-Identifier: Apache-2.0

package import Calls
import NIOCore
import NIOSSL

/// A certificate with its chain and the key that belongs to it, checked: a server can use it.
package struct TLSCertificate: Sendable {
    let context: NIOSSLContext
    private let leaf: NIOSSLCertificate

    /// Reads PEM: the certificate of the server first, then those that lead to its authority; and the key without a password.
    package init(chain: [UInt8], key: [UInt8]) throws(TLSCertificateProblem) {
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMBytes(chain)
        } catch {
            throw .notACertificate
        }
        guard let leaf = certificates.first else { throw .notACertificate }
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(bytes: key, format: .pem)
        } catch {
            throw Self.isEncrypted(key) ? .encryptedKey : .notAKey
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = .seconds(1)
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch NIOSSLError.failedToLoadPrivateKey {
            throw .keyOfAnother
        } catch {
            throw .unusable("\(error)")
        }
        self.leaf = leaf
    }

    package var validFrom: Instant { Instant(seconds: Int64(leaf.notValidBefore)) }
    package var validUntil: Instant { Instant(seconds: Int64(leaf.notValidAfter)) }

    /// Whether it is the same certificate.
    package func isSame(as other: TLSCertificate) -> Bool { leaf == other.leaf }

    private static func isEncrypted(_ key: [UInt8]) -> Bool {
        String(decoding: key, as: UTF8.self).contains("ENCRYPTED")
    }
}

/// Why a certificate and a key cannot be used.
package enum TLSCertificateProblem: Error, Hashable, Sendable {
    case notACertificate
    case notAKey
    case encryptedKey
    /// The key belongs to another certificate.
    case keyOfAnother
    /// The reason of the library.
    case unusable(String)

    /// Whether the file of the key is what has to change.
    package var isAboutTheKey: Bool {
        switch self {
        case .notAKey, .encryptedKey, .keyOfAnother: true
        case .notACertificate, .unusable: false
        }
    }
}

extension TLSCertificateProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notACertificate: "no certificate in PEM (BEGIN CERTIFICATE)"
        case .notAKey: "no private key in PEM (BEGIN PRIVATE KEY)"
        case .encryptedKey: "the key has a password; remove it with `openssl pkey`, and keep the file to its owner"
        case .keyOfAnother: "the key belongs to another certificate"
        case .unusable(let reason): "the certificate cannot be used: \(reason)"
        }
    }
}
