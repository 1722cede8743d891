// SPDX-License-Identifier: Apache-2.0

import JSON
package import Calls

/// Forwards webhooks unchanged and reads the answers of other servers.
package struct HTTPUpstreams: UpstreamClient {
    private let http: OutboundHTTP

    /// The largest reply, in bytes; the platform reads no more either.
    private static let largestReply = 1 << 20

    package init(http: OutboundHTTP) {
        self.http = http
    }

    package func send(_ webhook: ForwardedWebhook, to url: String, within time: Duration) async -> UpstreamReply {
        let headers = [("content-type", "application/json")] + webhook.headers.map { ($0.name, $0.value) }
        do throws(HTTPFailure) {
            let response = try await http.post(
                webhook.body, to: URLEncoding.encoded(url), headers: headers, within: time, largest: Self.largestReply)
            guard (200..<300).contains(response.status) else { return .failed(.status(response.status)) }
            guard response.status != 204 else { return .noContent }
            return JSONReader.read(response.body) == nil ? .failed(.notJSON) : .answered(response.body)
        } catch {
            return .failed(UpstreamFailure(error, connections: http.connectionsPerServer))
        }
    }
}

extension UpstreamFailure {
    fileprivate init(_ failure: HTTPFailure, connections: Int) {
        switch failure {
        case .timedOut: self = .timedOut
        case .busy: self = .busy(connections: connections)
        case .exhausted(let reason): self = .exhausted(reason)
        case .tooLarge(let limit): self = .tooLarge(limit: limit)
        case .cannotConnect, .closedBeforeReply, .closedDuringReply, .notHTTP, .cancelled, .encryption, .other:
            self = .unreachable(failure.reason)
        }
    }
}
