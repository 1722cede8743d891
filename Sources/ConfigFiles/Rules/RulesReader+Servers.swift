// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads `ask`: a server that gives the answer, and what goes out without its reply.
    mutating func readAsk(_ node: YAMLNode) -> Answer? {
        guard let fields = findings.fields(node, of: "`ask`", known: ["url", "timeout", "otherwise"]) else {
            return nil
        }
        let place = fields.required("url", of: "`ask`", &findings)
        let url = place.flatMap { readURL($0) }
        let timeout = fields["timeout"].flatMap { readTimeout($0) } ?? .seconds(2)
        if timeout > answerWithin, let entry = fields.entry("timeout") {
            findings.warning(
                "this is longer than `answer_within`, which ends the wait before", at: entry.value.position)
        }
        guard let url, let otherwise = readAnswerWithoutServer(fields["otherwise"]) else { return nil }
        return .ask(Ask(upstream: Upstream(url: url, timeout: timeout), otherwise: otherwise))
    }

    /// Reads what goes out when a server gives no answer; the saved assistant where nothing is written.
    private mutating func readAnswerWithoutServer(_ node: YAMLNode?) -> Int? {
        guard let node else { return standard() }
        guard let place = readAnswer(node) else { return nil }
        guard case .ask = answers[place].answer else { return place }
        findings.error("the answer that goes out without the server cannot ask a server", at: node.position)
        return nil
    }

    /// Reads `forward`: the servers that get webhooks beside us.
    mutating func readForwarding(_ node: YAMLNode) -> Forwarding {
        let types = ["tool-calls", "status-update", "end-of-call-report"]
        guard let fields = findings.fields(node, of: "`forward`", known: types) else { return .none }
        let servers = types.map { type in fields[type].flatMap { readBackEnd($0, of: "`\(type)`") } }
        return Forwarding(toolCalls: servers[0], statusUpdates: servers[1], reports: servers[2])
    }

    private mutating func readBackEnd(_ node: YAMLNode, of what: String) -> Upstream? {
        guard let fields = findings.fields(node, of: what, known: ["url", "timeout"]) else { return nil }
        let timeout = fields["timeout"].flatMap { readTimeout($0) } ?? .seconds(8)
        return fields.required("url", of: what, &findings).flatMap { readURL($0) }
            .map { Upstream(url: $0, timeout: timeout) }
    }

    /// Reads the URL of a server.
    mutating func readURL(_ node: YAMLNode) -> String? {
        guard let text = findings.text(node, of: "`url`") else { return nil }
        let rest = ["http://", "https://"].compactMap { text.hasPrefix($0) ? text.dropFirst($0.count) : nil }.first
        let isPlain = text.utf8.allSatisfy { 0x21 <= $0 && $0 < 0x7F }
        if let host = rest?.prefix(while: { $0 != "/" }), !host.isEmpty, isPlain { return text }
        findings.error(
            "\(node.described) is no URL; it begins with http:// or https://, then host and path", at: node.position)
        return nil
    }

    /// Reads how long a server is waited for.
    mutating func readTimeout(_ node: YAMLNode) -> Duration? {
        if let text = node.scalarText, let time = Duration(writtenAs: text), time > .zero, time <= .seconds(10) {
            return time
        }
        findings.error(
            "`timeout` must be a time such as 500ms or 2s, at most 10s, but \(node.described) stands here",
            at: node.position)
        return nil
    }
}
