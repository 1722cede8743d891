// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// An `ask`, while it is read.
    struct AskDraft {
        fileprivate var url: String?
        fileprivate var timeout = Duration.seconds(2)
        fileprivate var gives = Ask.Gift.answer
        fileprivate var otherwise: Int?
    }

    static let askKeys = KeyTable<AskDraft>([
        "url": { reader, entry, ask in ask.url = reader.readURL(entry.value) },
        "timeout": { reader, entry, ask in
            ask.timeout = reader.readTimeout(entry.value) ?? ask.timeout
            if ask.timeout > reader.answerWithin {
                reader.findings.warning(
                    .longTimeout, "this is longer than `answer_within`, which ends the wait earlier",
                    at: entry.value.position)
            }
        },
        "facts": { reader, entry, ask in
            ask.gives = reader.findings.flag(entry.value, of: "`facts`") ?? false ? .facts : .answer
        },
        "otherwise": { reader, entry, ask in ask.otherwise = reader.readFallback(entry.value) },
    ])

    /// Reads `ask`: an upstream server that gives the answer, and what is sent without its reply.
    mutating func readAsk(_ node: YAMLNode) -> Answer? {
        var ask = AskDraft()
        guard let fields = read(node, of: "`ask`", Self.askKeys, into: &ask) else { return nil }
        require("url", in: fields, of: "`ask`")
        if ask.gives == .facts, let otherwise = fields.entry("otherwise") {
            findings.error(
                .conflictingKeys,
                "`otherwise` cannot be combined with `facts: true`: without a reply, the next rules decide",
                at: otherwise.keyPosition)
        }
        guard let otherwise = fields["otherwise"] == nil ? standard() : ask.otherwise, let url = ask.url else {
            return nil
        }
        return .ask(Ask(upstream: Upstream(url: url, timeout: ask.timeout), gives: ask.gives, otherwise: otherwise))
    }

    /// Reads an answer outside of the rules, where no next rule could use the facts of an `ask`.
    mutating func readFinalAnswer(_ node: YAMLNode) -> Int? {
        guard let place = readAnswer(node) else { return nil }
        if case .ask(let ask) = answers[place].answer, ask.gives == .facts {
            findings.error(
                .conflictingKeys, "an `ask` with `facts: true` gives no answer; use it in a rule", at: node.position)
        }
        return place
    }

    /// Whether a part of the file asks a server for facts of the caller.
    static func asksForFacts(_ node: YAMLNode) -> Bool {
        if let items = node.items { return items.contains(where: asksForFacts) }
        guard let fields = MappingReader.of(node) else { return false }
        return fields.entries.contains { entry in
            let asks = entry.key == "ask" && MappingReader.of(entry.value)?["facts"]?.scalarText == "true"
            return asks || asksForFacts(entry.value)
        }
    }

    /// Reads the answer that is sent when the upstream server gives none.
    private mutating func readFallback(_ node: YAMLNode) -> Int? {
        guard let place = readAnswer(node) else { return nil }
        guard case .ask = answers[place].answer else { return place }
        findings.error(.nestedAsk, "the answer in `otherwise` cannot be an `ask` itself", at: node.position)
        return nil
    }

    static let forwardingKeys = KeyTable<Forwarding>([
        "assistant-request": { reader, entry, servers in servers[.assistantRequest] = reader.readUpstream(entry) },
        "tool-calls": { reader, entry, servers in servers[.toolCalls] = reader.readUpstream(entry) },
        "status-update": { reader, entry, servers in servers[.status] = reader.readUpstream(entry) },
        "end-of-call-report": { reader, entry, servers in servers[.report] = reader.readUpstream(entry) },
    ])

    /// Reads `forward`: the servers that also get webhooks.
    mutating func readForwarding(_ node: YAMLNode) -> Forwarding {
        var servers = Forwarding.none
        read(node, of: "`forward`", Self.forwardingKeys, into: &servers)
        return servers
    }

    /// A server of `forward`, while it is read.
    struct UpstreamDraft {
        fileprivate var url: String?
        fileprivate var timeout = Duration.seconds(8)
    }

    static let upstreamKeys = KeyTable<UpstreamDraft>([
        "url": { reader, entry, server in server.url = reader.readURL(entry.value) },
        "timeout": { reader, entry, server in server.timeout = reader.readTimeout(entry.value) ?? server.timeout },
    ])

    private mutating func readUpstream(_ entry: YAMLNode.Entry) -> Upstream? {
        var server = UpstreamDraft()
        let what = "`\(entry.key)`"
        guard let fields = read(entry.value, of: what, Self.upstreamKeys, into: &server) else { return nil }
        require("url", in: fields, of: what)
        return server.url.map { Upstream(url: $0, timeout: server.timeout) }
    }

    /// Reads the URL of a server.
    mutating func readURL(_ node: YAMLNode) -> String? {
        guard let text = findings.text(node, of: "`url`") else { return nil }
        let rest = ["http://", "https://"].compactMap { text.hasPrefix($0) ? text.dropFirst($0.count) : nil }.first
        let isPlain = text.utf8.allSatisfy { 0x21 <= $0 && $0 < 0x7F }
        if let host = rest?.prefix(while: { $0 != "/" }), !host.isEmpty, isPlain { return text }
        findings.error(
            .invalidURL, "invalid URL \(node.described); expected http:// or https://, a host and a path",
            at: node.position)
        return nil
    }

    /// Reads how long to wait for a server.
    mutating func readTimeout(_ node: YAMLNode) -> Duration? {
        if let text = node.scalarText, let time = Duration(writtenAs: text), time > .zero,
            time <= PlatformLimits.toolCalls
        {
            return time
        }
        findings.error(
            .invalidDuration, "`timeout` must be a duration such as 500ms or 2s, at most 10s, found \(node.described)",
            at: node.position)
        return nil
    }
}
