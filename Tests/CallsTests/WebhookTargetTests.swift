// SPDX-License-Identifier: Apache-2.0

import Calls
import Testing

@Suite struct WebhookTargetTests {
    @Test(arguments: [
        ("http://127.0.0.1:8787/webhook", WebhookTarget(host: "127.0.0.1", port: 8787, path: "/webhook")),
        ("HTTP://localhost/", WebhookTarget(host: "localhost", port: 80, path: "/")),
        ("http://localhost", WebhookTarget(host: "localhost", port: 80, path: "/")),
        ("http://localhost:65535?a=b", WebhookTarget(host: "localhost", port: 65_535, path: "/?a=b")),
        ("http://[::1]:8787/a/b?c#d", WebhookTarget(host: "::1", port: 8787, path: "/a/b?c")),
        ("http://[fe80::1]", WebhookTarget(host: "fe80::1", port: 80, path: "/")),
    ])
    func anAddressIsTakenApart(_ url: String, target: WebhookTarget) throws {
        #expect(try WebhookTarget(url: url) == target)
    }

    @Test(
        arguments: [
            ("", .unreadable), ("http://a b/", .unreadable), ("http://a\r\nX: y/", .unreadable),
            ("http://é/", .unreadable),
            ("127.0.0.1:8787/webhook", .noScheme), ("/webhook", .noScheme),
            ("ftp://example.com", .otherScheme("ftp")), ("http://", .noHost),
            ("http:///webhook", .noHost), ("http://:8787/", .noHost), ("http://[::1", .noHost),
            ("http://[::1]8787", .noHost),
            ("http://[]:1", .noHost), ("http://a:0", .badPort("0")), ("http://a:65536", .badPort("65536")),
            ("http://a:", .badPort("")), ("http://a:80a/", .badPort("80a")), ("http://a:-1", .badPort("-1")),
            ("http://a:+1", .badPort("+1")), ("http://::1:80", .noHost), ("http://a:1:80", .badPort("1:80")),
            ("http://me:secret@a/", .credentials),
        ] as [(String, WebhookTargetError)])
    func aBadAddressSaysWhatIsWrong(_ url: String, error: WebhookTargetError) {
        #expect(throws: error) { try WebhookTarget(url: url) }
    }

    @Test(arguments: [
        ("https://example.com/webhook", 443, "https://example.com/webhook"),
        ("HTTPS://example.com", 443, "https://example.com/"),
        ("https://example.com:8443/a", 8443, "https://example.com:8443/a"),
        ("http://example.com:443/a", 443, "http://example.com:443/a"),
    ])
    func anEncryptedAddressHasItsOwnPort(_ url: String, port: Int, description: String) throws {
        let target = try WebhookTarget(url: url)
        #expect(target.port == port)
        #expect(target.description == description)
    }

    @Test func aPasswordInAnAddressIsNotShown() {
        #expect(!WebhookTargetError.credentials.description.contains("secret"))
    }

    @Test func anAddressIsWrittenAsItIsRead() {
        #expect(WebhookTarget(host: "::1", port: 8787, path: "/webhook").description == "http://[::1]:8787/webhook")
        #expect(WebhookTarget(host: "localhost", port: 80, path: "/").description == "http://localhost/")
    }
}
