// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Testing

@Suite struct ServerReadingTests {
    @Test func readsEverySetting() throws {
        let file = try RulesFile.sample(
            """
            server:
              listen: "0.0.0.0:0"
              path: /hooks/hms
              secrets: [{ env: SWITCHBOARD_SECRET }, { file: /run/secrets/hms }, { credential: hms }]
              allow_unsigned: true
              answer_within: 2500ms
              max_body: 64KiB
              keep: { calls: 500, bytes: 8 MiB }
              upstream_connections: 20
              control: { group: operators }
              metrics: 127.0.0.1:9464
              tls: { certificate: desk.pem, key: /etc/desk.key }
              trusted_proxies: [127.0.0.1, 10.0.0.0/8, "2001:db8::/32"]
            """)
        let expected = ServerSettings(
            listen: ListenAddress(host: "0.0.0.0", port: 0), path: "/hooks/hms",
            secrets: [.environment("SWITCHBOARD_SECRET"), .file("/run/secrets/hms"), .credential("hms")],
            allowsUnsigned: true,
            answerWithin: .milliseconds(2500), maxBody: 65_536, keepCalls: 500, keepBytes: 8 << 20,
            upstreamConnections: 20,
            trustedProxies: ["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"].compactMap { IPRange($0) },
            controlGroup: "operators", metrics: ListenAddress(host: "127.0.0.1", port: 9464),
            tls: TLSSettings(certificate: "desk.pem", key: "/etc/desk.key"))
        #expect(file.server == expected)
    }

    @Test func readsWhatTheJournalKeeps() throws {
        let all = try RulesFile.sample(
            """
            server:
              journal: { file: ~/calls.sqlite, days: 90, calls: 5000, bytes: 1GiB, bodies: false, transcripts: true }
            """)
        var expected = JournalSettings()
        expected.file = "~/calls.sqlite"
        (expected.days, expected.calls, expected.bytes) = (90, 5000, 1 << 30)
        (expected.bodies, expected.transcripts) = (false, true)
        #expect(all.server.journal == expected)
        #expect(try RulesFile.sample("server: { journal: false }").server.journal == nil)
        #expect(try RulesFile.sample("server: { journal: true }").server.journal == JournalSettings())
        #expect(try RulesFile.sample("server: {}").server.journal == JournalSettings(), "it is kept by default")
        #expect(try RulesFile.sample("server: { journal: { days: 7 } }").server.journal?.days == 7)
    }

    @Test(arguments: ["journal: calls.sqlite", "journal: { days: 0 }", "journal: { bytes: 0 }", "journal: { dayz: 3 }"])
    func refusesAWrongJournal(_ text: String) {
        #expect(!accepts(text))
    }

    @Test(arguments: ["a/b", "..", "../x"]) func aCredentialIsANameAndNotAPath(_ name: String) {
        #expect(!accepts("secrets: { credential: \"\(name)\" }"))
    }

    @Test(arguments: [
        ("4s", Duration.seconds(4)), ("1.5s", .milliseconds(1500)), ("500ms", .milliseconds(500)), ("4 s", .seconds(4)),
    ])
    func readsATime(text: String, time: Duration) throws {
        #expect(try RulesFile.sample("server: { answer_within: \(text) }").server.answerWithin == time)
    }

    @Test(arguments: ["5s", "0s", "0ms", "-1s", "4", "4m", "s", "1.2.3s", "nans", "5000ms"])
    func refusesATimeThatThePlatformDoesNotWait(text: String) {
        #expect(!accepts("answer_within: \(text)"))
    }

    @Test(arguments: [
        ("1", 1), ("1024", 1024), ("64KiB", 65_536), ("10kB", 10_000), ("1MB", 1_000_000), ("2 mib", 2 << 20),
    ])
    func readsASize(text: String, bytes: Int) throws {
        #expect(try RulesFile.sample("server: { max_body: \(text) }").server.maxBody == bytes)
    }

    @Test(arguments: ["0", "-1", "1.5MiB", "MiB", "9223372036854775807KiB", "1 potato"])
    func refusesASize(text: String) {
        #expect(!accepts("max_body: \(text)"))
    }

    @Test(arguments: ["trusted_proxies: proxy.local", "trusted_proxies: [10.0.0.1/8]", "upstream_connections: 0"])
    func refusesProxiesAndConnections(text: String) {
        #expect(!accepts(text))
    }

    @Test(arguments: [
        "metrics: 9464", "metrics: 127.0.0.1", "metrics: true", "listen: 127.0.0.1:9464, metrics: 127.0.0.1:9464",
    ])
    func refusesAnAddressForMetrics(text: String) {
        #expect(!accepts(text))
    }

    @Test(arguments: [
        "tls: desk.pem", "tls: {}", "tls: { certificate: desk.pem }", "tls: { key: desk.key }",
        "tls: { certificate: desk.pem, key: desk.key, ciphers: all }", "tls: { certificate: [a, b], key: desk.key }",
        "tls: { certificate: '', key: desk.key }",
    ])
    func refusesHalfOfTLS(text: String) {
        #expect(!accepts(text))
    }

    @Test func aFreePortMayBeChosenForEach() {
        #expect(accepts("listen: 127.0.0.1:0, metrics: 127.0.0.1:0"))
    }

    /// Ranges that no single network has.
    @Test(arguments: [
        ("0.0.0.0/0", true), ("::/0", true), ("0.0.0.0/1", true), ("128.0.0.0/1", true), ("64.0.0.0/7", true),
        ("2000::/3", true), ("10.0.0.0/8", false), ("172.16.0.0/12", false), ("fc00::/7", false), ("fd00::/8", false),
        ("2400:cb00::/32", false), ("127.0.0.1", false), ("::1", false),
    ])
    func warnsOfProxiesAnywhere(_ range: String, _ isWarned: Bool) throws {
        let text = "version: 1\nserver: { trusted_proxies: [\"\(range)\"] }\n"
        let outcome = RulesFile.read(text, name: "f") { _ in nil }
        #expect(outcome.findings.map(\.code) == (isWarned ? [.trustsStrangers] : []))
        #expect(try #require(outcome.file).server.trustedProxies.count == 1, "a server starts all the same")
    }

    @Test(arguments: [
        ("127.0.0.1:8787", "127.0.0.1", 8787, true), ("localhost:0", "localhost", 0, true),
        ("[::1]:80", "::1", 80, true),
        ("127.1.2.3:65535", "127.1.2.3", 65_535, true), ("0.0.0.0:80", "0.0.0.0", 80, false),
        ("[::]:80", "::", 80, false), ("127.0.0.1.example.com:80", "127.0.0.1.example.com", 80, false),
        ("127.example.com:80", "127.example.com", 80, false),
        ("localhost.example.com:80", "localhost.example.com", 80, false),
    ])
    func readsAnAddress(text: String, host: String, port: Int, isLoopback: Bool) throws {
        let address = try #require(ListenAddress(text))
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "8787", ":8787", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "::1:80",
        "[127.0.0.1]:80", "[::1:80", "http://localhost:80", "local host:80", "localhost:８０",
    ])
    func refusesAnAddress(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(arguments: ["- \"s3cr3t\"", "- env: \"s3cr3t!\"", "- { env: s3cr3t!, file: s3cr3t }", "s3cr3t"])
    func neverRepeatsASecretThatWasWrittenDown(secrets: String) {
        let text = "version: 1\nserver:\n  secrets:\n    \(secrets)\n"
        let findings = RulesFile.read(text, name: "f") { _ in nil }.findings
        #expect(!findings.isEmpty)
        #expect(!Diagnostic.rendered(findings, source: text).contains("s3cr3t"))
    }

    @Test(arguments: [
        ("{ url: 'https://phone.example.com/webhook' }", "", 300),
        ("{ url: 'https://phone.example.com/webhook', every: 30s }", "", 30),
        ("{ url: 'http://127.0.0.1:8787/webhook', every: 1h30m }", "no-effect", 5400),
        ("{ url: 'http://localhost/webhook' }", "no-effect", 300),
    ])
    func readsAProbe(_ text: String, _ code: String, _ every: Int) throws {
        let outcome = RulesFile.read("version: 1\nserver: { probe: \(text) }\n", name: "f") { _ in nil }
        #expect(outcome.findings.map(\.code.rawValue) == (code.isEmpty ? [] : [code]))
        #expect(try #require(outcome.file).server.probe?.everySeconds == every)
    }

    @Test(arguments: [
        ("{}", "missing-key"), ("{ every: 5m }", "missing-key"), ("5m", "wrong-type"),
        ("{ url: 'phone.example.com' }", "invalid-url"), ("{ url: 'ftp://phone.example.com' }", "invalid-url"),
        ("{ url: 'https://a:b@phone.example.com' }", "invalid-url"), ("{ url: 'https://x:99999/' }", "invalid-url"),
        ("{ url: 'https://x/', every: 5s }", "out-of-range"), ("{ url: 'https://x/', every: 2d }", "out-of-range"),
        ("{ url: 'https://x/', every: often }", "invalid-duration"), ("{ url: 'https://x/', evry: 5m }", "unknown-key"),
    ])
    func refusesAProbe(_ text: String, _ code: String) {
        let outcome = RulesFile.read("version: 1\nserver: { probe: \(text) }\n", name: "f") { _ in nil }
        #expect(outcome.file == nil)
        #expect(outcome.findings.map(\.code.rawValue) == [code])
    }

    private func accepts(_ setting: String) -> Bool {
        RulesFile.read("version: 1\nserver: { \(setting) }\n", name: "f") { _ in nil }.file != nil
    }
}
