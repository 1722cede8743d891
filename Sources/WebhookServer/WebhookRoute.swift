// SPDX-License-Identifier: Apache-2.0

import Calls
import NIOHTTP1

/// Which requests are webhooks, health checks, or refused.
struct WebhookRoute: Sendable {
    /// The path of the webhook without a slash at its end, such as `/webhook`; empty for `/`.
    private let path: Substring
    /// The request line of a webhook as the platform sends it.
    let plainStart: [UInt8]

    init(path: String) {
        self.path = Self.withoutSlash(path[...])
        plainStart = Array("POST \(path) HTTP/1.1\r\n".utf8)
    }

    /// Where a request goes.
    enum Target: Equatable {
        case webhook
        case health(HealthQuestion)
        case refused(Refusal)
    }

    /// What a proxy asks, by its path.
    enum HealthQuestion: String {
        /// Whether the server runs.
        case running = "/healthz"
        /// Whether it should get calls.
        case ready = "/readyz"
    }

    /// Returns where a request goes; neither the query nor one slash at the end of the path counts.
    func target(of head: HTTPRequestHead) -> Target {
        if Self.withoutSlash(head.uri.prefix { $0 != "?" }) == path {
            return head.method == .POST ? .webhook : .refused(.wrongMethod)
        }
        if let question = HealthQuestion(rawValue: head.uri) {
            return head.method == .GET || head.method == .HEAD ? .health(question) : .refused(.wrongMethod)
        }
        if let path = Self.path(ofAbsolute: head.uri) {
            var head = head
            head.uri = path
            return target(of: head)
        }
        return .refused(.wrongPath(AskedPath(head.uri)))
    }

    private static func withoutSlash(_ path: Substring) -> Substring {
        path.hasSuffix("/") ? path.dropLast() : path
    }

    /// The path of a target that names the host too, as a proxy may send it (RFC 9112, section 3.2.2).
    private static func path(ofAbsolute uri: String) -> String? {
        guard let scheme = ["http://", "https://"].first(where: uri.lowercased().hasPrefix),
            let slash = uri.dropFirst(scheme.count).firstIndex(of: "/")
        else { return nil }
        return String(uri[slash...])
    }
}
