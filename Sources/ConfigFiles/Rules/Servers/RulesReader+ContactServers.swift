// SPDX-License-Identifier: Apache-2.0

import Calls

extension RulesReader {
    /// An HTTP source, while it is read.
    struct ContactServerDraft {
        fileprivate var url: String?
        fileprivate var timeout = Duration.milliseconds(500)
        fileprivate var cache = Duration.seconds(300)
        fileprivate var headers: [ContactServer.Header] = []
        fileprivate var path: [String] = []
    }

    static let contactServerKeys = KeyTable<ContactServerDraft>([
        "url": { reader, entry, source in source.url = reader.readContactURL(entry.value) },
        "timeout": { reader, entry, source in source.timeout = reader.readTimeout(entry.value) ?? source.timeout },
        "cache": { reader, entry, source in source.cache = reader.readCacheTime(entry.value) ?? source.cache },
        "headers": { reader, entry, source in source.headers = reader.readHeaders(entry.value) },
        "path": { reader, entry, source in source.path = reader.readReplyPath(entry.value) },
    ])

    mutating func readContactServer(_ node: YAMLNode) -> ContactSource.Kind? {
        var source = ContactServerDraft()
        guard let fields = read(node, of: "`http`", Self.contactServerKeys, into: &source) else { return nil }
        require("url", in: fields, of: "`http`")
        return source.url.map { url in
            .http(
                ContactServer(
                    url: url, timeout: source.timeout, cache: source.cache, headers: source.headers, path: source.path))
        }
    }

    private mutating func readCacheTime(_ node: YAMLNode) -> Duration? {
        if let text = node.scalarText, let seconds = DurationText.seconds(text), seconds <= 86_400 {
            return .seconds(seconds)
        }
        findings.error(
            .invalidDuration,
            "`cache` must be a duration such as 30s, 5m or 0s, at most a day, found \(node.described)",
            at: node.position)
        return nil
    }

    /// Reads where the contact is in a reply, such as `data.0.customer`.
    private mutating func readReplyPath(_ node: YAMLNode) -> [String] {
        guard let text = findings.text(node, of: "`path`") else { return [] }
        let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if steps.allSatisfy({ !$0.isEmpty }) { return steps }
        findings.error(
            .invalidPath, "`path` must be keys and indices with dots between them, such as data.0.customer",
            at: node.position)
        return []
    }
}

// URLs.
extension RulesReader {
    /// What is filled into the URL of a contact source.
    private static let holes = ["number", "line"]

    /// Reads a URL with `{number}`; characters that a URL may not contain are encoded when it is used.
    private mutating func readContactURL(_ node: YAMLNode) -> String? {
        guard let url = findings.text(node, of: "`url`") else { return nil }
        let rest = ["http://", "https://"].compactMap { url.hasPrefix($0) ? url.dropFirst($0.count) : nil }.first
        let host = rest?.prefix { !"/?#".contains($0) } ?? ""
        let isPlain = host.utf8.allSatisfy { 0x21 <= $0 && $0 < 0x7F } && !host.contains("{")
        let hasControls = url.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard !host.isEmpty, isPlain, !hasControls else {
            findings.error(
                .invalidURL, "invalid URL \(node.described); expected http:// or https://, a host and a path",
                at: node.position)
            return nil
        }
        checkHoles(in: url, at: node.position)
        if url.contains("{number}") { return url }
        findings.error(
            .invalidURL,
            "`url` must contain {number}, the caller's number, such as http://127.0.0.1:9000/contacts/{number}",
            at: node.position)
        return nil
    }

    /// Warns of names in braces that look like one of ours; others, such as Airtable's `{Phone}`, are sent as they are.
    private mutating func checkHoles(in url: String, at position: SourcePosition) {
        for part in url.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            guard let end = part.firstIndex(of: "}") else { continue }
            let name = String(part[..<end])
            guard !Self.holes.contains(name), let meant = Suggestion.nearest(to: name, among: Self.holes) else {
                continue
            }
            // A field of the server may be called Number.
            if name.lowercased() == meant, url.contains("{\(meant)}") { continue }
            findings.warning(
                .unknownPlaceholder, "`{\(name)}` is sent as it is; did you mean `{\(meant)}`?", at: position)
        }
    }
}

// Headers.
extension RulesReader {
    /// The value of a header, while it is read.
    struct HeaderDraft {
        fileprivate var source: SecretSource?
        fileprivate var prefix = ""
    }

    static let headerKeys = KeyTable<HeaderDraft>([
        "env": { reader, entry, header in header.source = reader.readVariable(entry.value) },
        "file": { reader, entry, header in
            header.source = reader.findings.text(entry.value, of: "`file`").map(SecretSource.file)
        },
        "credential": { reader, entry, header in header.source = reader.readCredential(entry.value) },
        "prefix": { reader, entry, header in
            header.prefix = reader.findings.text(entry.value, of: "`prefix`") ?? ""
        },
    ])

    /// Headers that belong to the connection, not to the question.
    private static let reservedHeaders: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect",
    ]

    private mutating func readHeaders(_ node: YAMLNode) -> [ContactServer.Header] {
        var headers: [ContactServer.Header] = []
        for entry in findings.mapping(node, of: "`headers`") ?? [] {
            let name = entry.key.lowercased()
            guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
                findings.error(.unknownWord, "`\(entry.key)` is not the name of a header", at: entry.keyPosition)
                continue
            }
            guard !Self.reservedHeaders.contains(name) else {
                findings.error(
                    .reservedName, "the HTTP client sets the header `\(name)` itself; leave it out",
                    at: entry.keyPosition)
                continue
            }
            guard !headers.contains(where: { $0.name == name }) else {
                findings.error(.duplicateKey, "the header `\(name)` is set twice", at: entry.keyPosition)
                continue
            }
            if let value = readHeader(entry) { headers.append(ContactServer.Header(name: name, value: value)) }
        }
        return headers
    }

    private mutating func readHeader(_ entry: YAMLNode.Entry) -> ContactServer.Value? {
        guard entry.value.entries != nil else { return readLiteralHeader(entry) }
        var header = HeaderDraft()
        guard let fields = fields(entry.value, of: "a header", Self.headerKeys) else { return nil }
        for entry in fields.entries { read(entry, Self.headerKeys, into: &header) }
        let sources = fields.entries.filter { ["env", "file", "credential"].contains($0.key) }
        guard sources.count == 1 else {
            findings.error(
                sources.isEmpty ? .missingKey : .conflictingKeys,
                "a header needs a string, `env`, `file` or `credential`",
                at: entry.value.position, showsSource: false)
            return nil
        }
        guard isHeaderValue(header.prefix) else {
            findings.error(
                .unknownWord, "`prefix` contains a character that headers cannot have", at: entry.value.position)
            return nil
        }
        return header.source.map { .secret($0, prefix: header.prefix) }
    }

    private mutating func readLiteralHeader(_ entry: YAMLNode.Entry) -> ContactServer.Value? {
        guard let text = findings.text(entry.value, of: "`\(entry.key)`") else { return nil }
        if isHeaderValue(text) { return .literal(text) }
        findings.error(
            .unknownWord, "`\(entry.key)` contains a character that headers cannot have", at: entry.value.position,
            showsSource: false)
        return nil
    }

    private func isHeaderValue(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    private func isTokenByte(_ byte: UInt8) -> Bool {
        let scalar = Unicode.Scalar(byte)
        return scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal)
            || "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar)
    }
}
