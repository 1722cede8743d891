// SPDX-License-Identifier: Apache-2.0

import JSON
package import Calls

/// Sends webhooks on as they came, and reads what other servers answer.
package struct HTTPUpstreams: UpstreamClient {
    private let http: OutboundHTTP

    /// The largest reply that is read, in bytes; the platform reads no more either.
    private static let largestReply = 1 << 20

    package init(http: OutboundHTTP) {
        self.http = http
    }

    package func send(_ webhook: ForwardedWebhook, to url: String, within time: Duration) async -> UpstreamReply {
        let headers = [("content-type", "application/json")] + webhook.headers.map { ($0.name, $0.value) }
        let outcome = await http.outcome(
            .post, url, headers: headers, body: webhook.body, within: time, largest: Self.largestReply)
        return switch outcome {
        case .timedOut: .failed(.timedOut)
        case .tooLarge: .failed(.tooLarge(limit: Self.largestReply))
        case .unreachable(let problem): .failed(.unreachable(problem))
        case .response(200..<300, let body): JSONReader.read(body) == nil ? .failed(.notJSON) : .answered(body)
        case .response(let status, _): .failed(.status(status))
        }
    }
}
