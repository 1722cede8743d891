// SPDX-License-Identifier: Apache-2.0

import JSON
package import Calls
package import Contacts

/// Contacts from another server: a GET whose reply is a JSON object of attributes, or 404.
package struct HTTPContacts: RemoteContacts {
    package let name: String
    private let template: String
    private let http: OutboundHTTP

    /// The largest reply, in bytes; a contact takes a few hundred.
    private static let largestReply = 16 << 10

    /// Creates a source from a URL in which `{number}` is replaced by the caller's E.164 number.
    package init(url template: String, http: OutboundHTTP) {
        self.template = template
        self.http = http
        name = Upstream.name(of: template)
    }

    package func contact(for number: PhoneNumber, within time: Duration) async -> ContactAnswer {
        // A plus sign in a query decodes as a space, so it is always escaped.
        let url = template.replacing("{number}", with: "%2B\(number.digits)")
        do throws(HTTPFailure) {
            let response = try await http.get(
                url, headers: [("accept", "application/json")], within: time, largest: Self.largestReply)
            return switch response.status {
            case 404, 204: .unknown
            case 200..<300: Self.contact(in: response.body)
            default: .failed("status \(response.status)")
            }
        } catch {
            return switch error {
            case .timedOut: .timedOut
            case .busy: .busy(connections: OutboundHTTP.connectionsPerServer)
            case .tooLarge, .cannotConnect, .closedBeforeReply, .closedDuringReply, .notHTTP, .cancelled, .other:
                .failed(error.reason)
            }
        }
    }

    /// Reads the attributes: strings, numbers, true and false; an object without any means an unknown caller.
    package static func contact(in body: [UInt8]) -> ContactAnswer {
        guard case .object(let members)? = JSONReader.read(body) else {
            return .failed("the reply is not a JSON object")
        }
        var attributes: [String: String] = [:]
        for member in members { attributes[member.key] = text(member.value) }
        let contact = Contact(attributes: attributes)
        return contact.attributes.isEmpty ? .unknown : .found(contact)
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
