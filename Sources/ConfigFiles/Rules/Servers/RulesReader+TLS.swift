// SPDX-License-Identifier: Apache-2.0

/// The certificate of the webhook's address.
package struct TLSSettings: Hashable, Sendable {
    /// The path of the certificates in PEM, the server's own first; relative to the rules file.
    package let certificate: String
    /// The path of the key in PEM, relative to the rules file.
    package let key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

extension RulesReader {
    struct TLSDraft {
        var certificate: String?
        var key: String?
    }

    static let tlsKeys = KeyTable<TLSDraft>([
        "certificate": { reader, entry, tls in
            tls.certificate = reader.findings.text(entry.value, of: "`certificate`")
        },
        "key": { reader, entry, tls in tls.key = reader.findings.text(entry.value, of: "`key`") },
    ])

    mutating func readTLS(_ node: YAMLNode) -> TLSSettings? {
        var tls = TLSDraft()
        guard let fields = read(node, of: "`tls`", Self.tlsKeys, into: &tls) else { return nil }
        require("certificate", in: fields, of: "`tls`")
        require("key", in: fields, of: "`tls`")
        tlsPositions = fields.entries.reduce(into: [:]) { $0[$1.key] = $1.value.position }
        guard let certificate = tls.certificate, let key = tls.key else { return nil }
        return TLSSettings(certificate: certificate, key: key)
    }
}

extension RulesFile {
    /// A finding about its certificate, or about the key of it.
    package func tlsFinding(_ severity: Diagnostic.Severity, ofKey: Bool, _ words: String) -> Diagnostic {
        Diagnostic(
            severity, .tlsFile, file: files.first ?? "", at: tlsPositions[ofKey ? "key" : "certificate"] ?? .start,
            words)
    }
}
