// SPDX-License-Identifier: Apache-2.0

import Calls

extension RulesReader {
    static let serverKeys = KeyTable<ServerSettings>(
        [
            "listen": { reader, entry, server in
                server.listen = reader.readListen(entry.value, of: "`listen`", such: 8787) ?? server.listen
            },
            "path": { reader, entry, server in server.path = reader.readPath(entry.value) ?? server.path },
            "secrets": { reader, entry, server in server.secrets = reader.readSecrets(entry.value) },
            "allow_unsigned": { reader, entry, server in
                server.allowsUnsigned = reader.findings.flag(entry.value, of: "`allow_unsigned`") ?? false
            },
            "answer_within": { reader, entry, server in
                server.answerWithin = reader.readAnswerWithin(entry.value) ?? server.answerWithin
            },
            "max_body": { reader, entry, server in
                server.maxBody = reader.readBytes(entry.value, of: "`max_body`") ?? server.maxBody
            },
            "keep": { reader, entry, server in reader.read(entry.value, of: "`keep`", keepKeys, into: &server) },
            "probe": { reader, entry, server in server.probe = reader.readProbe(entry.value) },
            "upstream_connections": { reader, entry, server in
                server.upstreamConnections =
                    reader.findings.whole(entry.value, of: "`upstream_connections`", in: 1...10_000)
                    ?? server.upstreamConnections
            },
            "control": { reader, entry, server in reader.read(entry.value, of: "`control`", controlKeys, into: &server)
            },
            "trusted_proxies": { reader, entry, server in
                server.trustedProxies = entry.value.oneOrMore.compactMap { reader.readProxy($0) }
            },
            "metrics": { reader, entry, server in
                server.metrics = reader.readListen(entry.value, of: "`metrics`", such: 9464)
            },
            "tls": { reader, entry, server in server.tls = reader.readTLS(entry.value) },
            "journal": { reader, entry, server in server.journal = reader.readJournal(entry.value) },
        ])

    static let controlKeys = KeyTable<ServerSettings>(
        ["group": { reader, entry, server in server.controlGroup = reader.findings.text(entry.value, of: "`group`") }])

    static let keepKeys = KeyTable<ServerSettings>(
        [
            "calls": { reader, entry, server in
                server.keepCalls =
                    reader.findings.whole(entry.value, of: "`calls`", in: 1...10_000_000) ?? server.keepCalls
            },
            "bytes": { reader, entry, server in
                server.keepBytes = reader.readBytes(entry.value, of: "`bytes`") ?? server.keepBytes
            },
        ], planned: ["days"])

    /// Reads `server`; wrong values keep their defaults, so that the rest can be checked.
    mutating func readServer(_ node: YAMLNode) -> ServerSettings {
        var settings = ServerSettings()
        guard let fields = read(node, of: "`server`", Self.serverKeys, into: &settings) else { return settings }
        checkSigned(settings, fields)
        checkMetrics(settings, fields)
        return settings
    }

    /// Reads an address to listen on; `port` is the usual one.
    private mutating func readListen(_ node: YAMLNode, of what: String, such port: Int) -> ListenAddress? {
        guard let text = findings.text(node, of: what) else { return nil }
        if let address = ListenAddress(text) { return address }
        findings.error(
            .invalidAddress, "invalid address `\(text)`; expected a host and a port such as 127.0.0.1:\(port)",
            at: node.position)
        return nil
    }

    private mutating func readPath(_ node: YAMLNode) -> String? {
        guard let text = findings.text(node, of: "`path`") else { return nil }
        if text.hasPrefix("/"), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains(where: { "?#".contains($0) })
        {
            return text
        }
        findings.error(
            .invalidPath, "`path` must begin with / and contain no space, ? or #, such as /webhook", at: node.position)
        return nil
    }

    private mutating func readAnswerWithin(_ node: YAMLNode) -> Duration? {
        guard let text = node.scalarText, let time = Duration(writtenAs: text) else {
            findings.error(
                .invalidDuration, "`answer_within` must be a duration such as 4s or 500ms, found \(node.described)",
                at: node.position)
            return nil
        }
        if time > .zero, time < PlatformLimits.answer { return time }
        findings.error(
            .outOfRange,
            "`answer_within` must be above 0 and below \(PlatformLimits.answer.components.seconds)s, when the platform stops waiting",
            at: node.position)
        return nil
    }

    mutating func readBytes(_ node: YAMLNode, of what: String) -> Int? {
        if let text = node.scalarText, let bytes = ByteCount.read(text), bytes > 0 { return bytes }
        findings.error(
            .invalidSize, "\(what) must be a size such as 1MiB or 64KiB, found \(node.described)", at: node.position)
        return nil
    }

    private mutating func readProxy(_ node: YAMLNode) -> IPRange? {
        guard let text = findings.text(node, of: "`trusted_proxies`") else { return nil }
        if let range = IPRange(text) {
            if range.isBoundless {
                findings.warning(
                    .trustsStrangers,
                    "`\(text)` lets strangers choose the address that limits and the screen go by; name the proxies only",
                    at: node.position)
            }
            return range
        }
        findings.error(
            .invalidAddress,
            "invalid address `\(text)`; expected one of a proxy such as 10.0.0.5, or a range such as 10.0.0.0/8",
            at: node.position)
        return nil
    }

    private mutating func checkSigned(_ settings: ServerSettings, _ fields: MappingReader) {
        guard settings.secrets.isEmpty, !settings.allowsUnsigned, !settings.listen.isLoopback else { return }
        findings.error(
            .unsigned,
            "no secret is set and other machines can reach this address, so anyone could send webhooks; add `secrets`, "
                + "or set allow_unsigned: true", at: fields["listen"]?.position ?? fields.position)
    }

    private mutating func checkMetrics(_ settings: ServerSettings, _ fields: MappingReader) {
        guard let metrics = settings.metrics, metrics.port != 0, metrics == settings.listen else { return }
        findings.error(
            .conflictingKeys, "`metrics` and `listen` are the same address; choose another port",
            at: fields["metrics"]?.position ?? fields.position)
    }
}

// Secrets.
extension RulesReader {
    static let secretKeys = KeyTable<SecretSource?>([
        "env": { reader, entry, source in source = reader.readVariable(entry.value) },
        "file": { reader, entry, source in
            source = reader.findings.text(entry.value, of: "`file`").map(SecretSource.file)
        },
        "credential": { reader, entry, source in source = reader.readCredential(entry.value) },
    ])

    /// Reads where the secrets are; neither message nor source line ever shows a value found here.
    private mutating func readSecrets(_ node: YAMLNode) -> [SecretSource] {
        node.oneOrMore.compactMap { item in
            guard let secret = readSecret(item) else { return nil }
            secretPositions.append(item.position)
            return secret
        }
    }

    mutating func readSecret(_ node: YAMLNode) -> SecretSource? {
        guard node.entries != nil else {
            findings.error(
                .secretInFile,
                "do not write the secret into this file; use env: VARIABLE, file: PATH or credential: NAME to say where it is",
                at: node.position, showsSource: false)
            return nil
        }
        guard let fields = fields(node, of: "a secret", Self.secretKeys) else { return nil }
        let known = fields.entries.filter { Self.secretKeys[$0.key] != nil }
        guard let entry = known.first, known.count == 1 else {
            findings.error(
                known.isEmpty ? .missingKey : .conflictingKeys, "a secret needs one of `env`, `file` and `credential`",
                at: node.position, showsSource: false)
            return nil
        }
        var source: SecretSource?
        read(entry, Self.secretKeys, into: &source)
        return source
    }

    mutating func readVariable(_ node: YAMLNode) -> SecretSource? {
        guard let name = node.scalarText, isVariableName(name) else {
            findings.error(
                .secretInFile,
                "`env` must be the name of an environment variable such as SWITCHBOARD_WEBHOOK_SECRET, not the secret",
                at: node.position, showsSource: false)
            return nil
        }
        return .environment(name)
    }

    /// Reads the name of a credential, which is a file of one folder.
    mutating func readCredential(_ node: YAMLNode) -> SecretSource? {
        guard let name = findings.text(node, of: "`credential`") else { return nil }
        guard !name.contains("/"), name != ".." else {
            findings.error(
                .secretInFile, "`credential` must be a name of LoadCredential=, not a path", at: node.position)
            return nil
        }
        return .credential(name)
    }

    private func isVariableName(_ text: String) -> Bool {
        guard let first = text.first, first == "_" || first.isLetter else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
