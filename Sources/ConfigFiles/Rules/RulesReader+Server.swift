// SPDX-License-Identifier: Apache-2.0

import Calls

extension RulesReader {
    private static let keys = [
        "listen", "path", "secrets", "allow_unsigned", "answer_within", "max_body", "keep",
    ]

    /// Reads `server`; what is wrong keeps its standard value, so that the rest can be checked.
    mutating func readServer(_ node: YAMLNode) -> ServerSettings {
        var settings = ServerSettings()
        guard let fields = findings.fields(node, of: "`server`", known: Self.keys, later: ["journal"]) else {
            return settings
        }
        if let node = fields["listen"], let listen = readListen(node) { settings.listen = listen }
        if let node = fields["path"], let path = readPath(node) { settings.path = path }
        if let node = fields["secrets"] { settings.secrets = readSecrets(node) }
        if let node = fields["allow_unsigned"] {
            settings.allowsUnsigned = findings.flag(node, of: "`allow_unsigned`") ?? false
        }
        if let node = fields["answer_within"], let time = readAnswerWithin(node) { settings.answerWithin = time }
        if let node = fields["max_body"], let bytes = readBytes(node, of: "`max_body`") { settings.maxBody = bytes }
        if let node = fields["keep"] { readKeep(node, into: &settings) }
        checkSigned(settings, fields)
        return settings
    }

    private mutating func readListen(_ node: YAMLNode) -> ListenAddress? {
        guard let text = findings.text(node, of: "`listen`") else { return nil }
        if let address = ListenAddress(text) { return address }
        findings.error("`\(text)` is no address; write a host and a port, such as 127.0.0.1:8787", at: node.position)
        return nil
    }

    private mutating func readPath(_ node: YAMLNode) -> String? {
        guard let text = findings.text(node, of: "`path`") else { return nil }
        if text.hasPrefix("/"), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains(where: { "?#".contains($0) })
        {
            return text
        }
        findings.error("`path` must begin with / and hold no space, ? or #, such as /webhook", at: node.position)
        return nil
    }

    private mutating func readAnswerWithin(_ node: YAMLNode) -> Duration? {
        guard let text = node.scalarText, let time = Duration(writtenAs: text) else {
            findings.error(
                "`answer_within` must be a time such as 4s or 500ms, but \(node.described) stands here",
                at: node.position)
            return nil
        }
        if time > .zero, time < PlatformLimits.answer { return time }
        findings.error(
            "`answer_within` must be more than nothing and under 5s, when the platform stops waiting", at: node.position
        )
        return nil
    }

    private mutating func readKeep(_ node: YAMLNode, into settings: inout ServerSettings) {
        guard let fields = findings.fields(node, of: "`keep`", known: ["calls", "bytes"], later: ["days"]) else {
            return
        }
        if let node = fields["calls"] {
            settings.keepCalls = findings.whole(node, of: "`calls`", in: 1...10_000_000) ?? settings.keepCalls
        }
        if let node = fields["bytes"] { settings.keepBytes = readBytes(node, of: "`bytes`") ?? settings.keepBytes }
    }

    private mutating func readBytes(_ node: YAMLNode, of what: String) -> Int? {
        if let text = node.scalarText, let bytes = ByteCount.read(text), bytes > 0 { return bytes }
        findings.error(
            "\(what) must be a size such as 1MiB or 64KiB, but \(node.described) stands here", at: node.position)
        return nil
    }

    private mutating func checkSigned(_ settings: ServerSettings, _ fields: MappingReader) {
        guard settings.secrets.isEmpty, !settings.allowsUnsigned, !settings.listen.isLoopback else { return }
        findings.error(
            """
            other machines can reach this address and no secret is set, so anyone could send calls; \
            add `secrets`, or write allow_unsigned: true if that is meant
            """, at: fields["listen"]?.position ?? fields.position)
    }
}
