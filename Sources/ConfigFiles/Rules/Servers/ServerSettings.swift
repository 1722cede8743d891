// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The sections `server` and `shared` of the rules file; a change needs a restart.
package struct ServerSettings: Equatable, Sendable {
    package var listen: ListenAddress
    /// The path of the webhook, such as `/webhook`.
    package var path: String
    /// Tried in turn; webhooks are not signed when there is none.
    package var secrets: [SecretSource]
    /// Whether a public address may be served without a secret.
    package var allowsUnsigned: Bool
    /// How long an answer may take before the fallback is sent; above 0 and below 5 s.
    package var answerWithin: Duration
    /// The most bytes of a webhook.
    package var maxBody: Int
    /// How many calls are kept in memory.
    package var keepCalls: Int
    /// How many bytes the calls in memory may take.
    package var keepBytes: Int
    /// The public address that is probed; `nil` for none.
    package var probe: ProbeSettings?
    /// How many connections to each other server may be open; 1 or more.
    package var upstreamConnections: Int
    /// The proxies whose `X-Forwarded-For` counts.
    package var trustedProxies: [IPRange]
    /// The group whose members may use the control socket; `nil` for none.
    package var controlGroup: String?
    /// Where the counts are served to Prometheus; `nil` for nowhere but the control socket.
    package var metrics: ListenAddress?
    /// The certificate of the webhook's address; `nil` for plain HTTP.
    package var tls: TLSSettings?
    /// The record of calls on disk; `nil` for none.
    package var journal: JournalSettings?
    /// The desk that the server is a replica of; `nil` for a server of its own.
    package var shared: SharedSettings?

    package init(
        listen: ListenAddress = .standard, path: String = "/webhook", secrets: [SecretSource] = [],
        allowsUnsigned: Bool = false, answerWithin: Duration = .seconds(4), maxBody: Int = 1 << 20,
        keepCalls: Int = 10_000, keepBytes: Int = 64 << 20,
        probe: ProbeSettings? = nil, upstreamConnections: Int = 256, trustedProxies: [IPRange] = [],
        controlGroup: String? = nil, metrics: ListenAddress? = nil, tls: TLSSettings? = nil,
        journal: JournalSettings? = JournalSettings()
    ) {
        self.tls = tls
        self.metrics = metrics
        self.journal = journal
        self.controlGroup = controlGroup
        self.upstreamConnections = upstreamConnections
        self.trustedProxies = trustedProxies
        self.listen = listen
        self.path = path
        self.secrets = secrets
        self.allowsUnsigned = allowsUnsigned
        self.answerWithin = answerWithin
        self.maxBody = maxBody
        self.keepCalls = keepCalls
        self.keepBytes = keepBytes
        self.probe = probe
    }
}

extension ServerSettings {
    /// The keys whose values differ, such as `server.secrets`.
    package func keys(differingFrom other: ServerSettings) -> [String] {
        let keys = [
            ("listen", listen == other.listen), ("path", path == other.path), ("secrets", secrets == other.secrets),
            ("allow_unsigned", allowsUnsigned == other.allowsUnsigned),
            ("answer_within", answerWithin == other.answerWithin), ("max_body", maxBody == other.maxBody),
            ("keep.calls", keepCalls == other.keepCalls), ("keep.bytes", keepBytes == other.keepBytes),
            ("probe", probe == other.probe), ("upstream_connections", upstreamConnections == other.upstreamConnections),
            ("trusted_proxies", trustedProxies == other.trustedProxies),
            ("control.group", controlGroup == other.controlGroup), ("metrics", metrics == other.metrics),
            ("tls", tls == other.tls),
            ("journal", journal == other.journal),
        ]
        let different = keys.filter { !$0.1 }.map { "server.\($0.0)" } + (shared == other.shared ? [] : ["shared"])
        return different.isEmpty && self != other ? ["server"] : different
    }
}

/// What the record of calls on disk keeps.
package struct JournalSettings: Hashable, Sendable {
    /// The path of the file, relative to the rules file; `nil` for `calls.sqlite` in the state folder.
    package var file: String?
    /// For how many days; 1 or more.
    package var days = 31
    /// How many calls; 1 or more.
    package var calls = 1_000_000
    /// How many bytes the file may take.
    package var bytes = 2 << 30
    /// Whether webhooks are kept as they came.
    package var bodies = true
    /// Whether what was said on calls is kept.
    package var transcripts = false
    /// Whether the rules file and the files that it names are kept as they were.
    package var files = true

    package init() {}
}

/// Where the server sends signed webhooks to itself, from outside.
package struct ProbeSettings: Hashable, Sendable {
    package let target: WebhookTarget
    /// From 10 to 86 400.
    package let everySeconds: Int

    package init(target: WebhookTarget, everySeconds: Int) {
        self.target = target
        self.everySeconds = everySeconds
    }
}

/// Where a webhook secret is read from; the secret itself is never in a rules file.
package enum SecretSource: Hashable, Sendable {
    /// An environment variable.
    case environment(String)
    /// A file that contains the secret and a line end; a relative path starts at the rules file.
    case file(String)
    /// A credential that systemd gives to the service.
    case credential(String)
}

/// A host and a port to listen on.
package struct ListenAddress: Hashable, Sendable {
    /// An address or a name, without the brackets of an IPv6 address.
    package let host: String
    /// 0 picks a free port.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package static let standard = ListenAddress(host: "127.0.0.1", port: 8787)

    /// Reads `127.0.0.1:8787`, `localhost:0` or `[::1]:8787`.
    package init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard (1...5).contains(digits.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), port <= 65_535, let host = Self.host(String(text[..<colon]))
        else { return nil }
        self.init(host: host, port: port)
    }

    /// Whether only programs on this machine can reach it.
    package var isLoopback: Bool {
        if host == "::1" || host.lowercased() == "localhost" { return true }
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        return bytes.count == 4 && bytes[0] == "127" && bytes.allSatisfy { UInt8($0) != nil }
    }

    private static func host(_ text: String) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inside = text.dropFirst().dropLast()
            return inside.contains(":") ? String(inside) : nil
        }
        guard !text.isEmpty, !text.contains(where: { ":[]/@".contains($0) || $0.isWhitespace }) else { return nil }
        return text
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
