// SPDX-License-Identifier: Apache-2.0

import Calls

/// The public address that the server probes.
extension RulesReader {
    struct ProbeDraft {
        var target: WebhookTarget?
        var everySeconds: Int = 300
    }

    static let probeKeys = KeyTable<ProbeDraft>([
        "url": { reader, entry, probe in probe.target = reader.readProbeTarget(entry.value) },
        "every": { reader, entry, probe in probe.everySeconds = reader.readPause(entry.value) ?? probe.everySeconds },
    ])

    mutating func readProbe(_ node: YAMLNode) -> ProbeSettings? {
        var probe = ProbeDraft()
        guard let fields = read(node, of: "`probe`", Self.probeKeys, into: &probe) else { return nil }
        require("url", in: fields, of: "`probe`")
        return probe.target.map { ProbeSettings(target: $0, everySeconds: probe.everySeconds) }
    }

    private mutating func readProbeTarget(_ node: YAMLNode) -> WebhookTarget? {
        guard let text = findings.text(node, of: "`url`") else { return nil }
        do throws(WebhookTargetError) {
            let target = try WebhookTarget(url: text)
            if ListenAddress(host: target.host, port: target.port).isLoopback {
                findings.warning(
                    .noEffect, "this address does not leave the machine; write the address that the platform calls",
                    at: node.position)
            }
            return target
        } catch {
            findings.error(.invalidURL, "invalid URL: \(error)", at: node.position)
            return nil
        }
    }

    private mutating func readPause(_ node: YAMLNode) -> Int? {
        guard let text = node.scalarText, let seconds = DurationText.seconds(text) else {
            findings.error(
                .invalidDuration, "`every` must be a duration such as 5m or 30s, found \(node.described)",
                at: node.position)
            return nil
        }
        if (10...86_400).contains(seconds) { return Int(seconds) }
        findings.error(.outOfRange, "`every` must be from 10s to 1d", at: node.position)
        return nil
    }
}
