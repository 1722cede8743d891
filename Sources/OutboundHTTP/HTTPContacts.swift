// SPDX-License-Identifier: Apache-2.0

import Calls
package import Contacts

/// Contacts from another server: a GET whose reply is JSON with an object of attributes, or 404.
package struct HTTPContacts: RemoteContacts {
    package let name: String
    private let url: URLTemplate
    private let headers: [(name: String, value: String)]
    private let path: [String]
    private let http: OutboundHTTP

    /// The largest reply, in bytes; a contact takes a few hundred.
    private static let largestReply = 64 << 10

    /// Creates a source from a URL in which `{number}` and `{line}` are replaced by E.164 numbers.
    ///
    /// `headers` are sent with each request and may hold secrets; `path` leads to the contact in the reply.
    package init(
        url text: String, headers: [(name: String, value: String)] = [], path: [String] = [], http: OutboundHTTP
    ) {
        url = URLTemplate(text)
        let hasAccept = headers.contains { $0.name.lowercased() == "accept" }
        self.headers = hasAccept ? headers : [("accept", "application/json")] + headers
        self.path = path
        self.http = http
        name = Upstream.name(of: text)
    }

    package var asksForLine: Bool { url.asksForLine }

    package func contact(for query: ContactQuery, within time: Duration) async -> ContactAnswer {
        do throws(HTTPFailure) {
            let response = try await http.get(
                url.url(for: query), headers: headers.map { ($0.name, $0.value) }, within: time,
                largest: Self.largestReply)
            return switch response.status {
            case 404, 204: .unknown
            case 200..<300: ContactReply.contact(in: response.body, at: path)
            default: .failed("status \(response.status)")
            }
        } catch {
            return switch error {
            case .timedOut: .timedOut
            case .busy: .busy(connections: http.connectionsPerServer)
            case .exhausted(let reason): .exhausted(reason)
            case .tooLarge, .cannotConnect, .closedBeforeReply, .closedDuringReply, .notHTTP, .cancelled, .encryption,
                .other:
                .failed(error.reason)
            }
        }
    }

    /// Reads a contact out of a reply; an object without any value means an unknown caller.
    package static func contact(in body: [UInt8], at path: [String] = []) -> ContactAnswer {
        ContactReply.contact(in: body, at: path)
    }
}
