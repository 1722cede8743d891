// SPDX-License-Identifier: Apache-2.0

import JSON
package import Calls
package import Contacts

/// Contacts that another server knows: a GET whose reply is a JSON object of attributes, or 404.
package struct HTTPContacts: RemoteContacts {
    package let name: String
    private let template: String
    private let http: OutboundHTTP

    /// The largest reply that is read, in bytes; a contact is a few hundred.
    private static let largestReply = 16 << 10

    /// Creates a source from a URL in which `{number}` stands for the caller's E.164 number.
    package init(url template: String, http: OutboundHTTP) {
        self.template = template
        self.http = http
        name = Upstream.name(of: template)
    }

    package func contact(for number: PhoneNumber, within time: Duration) async -> ContactAnswer {
        // The plus sign means a space where a query is decoded, so it is escaped everywhere.
        let url = template.replacing("{number}", with: "%2B\(number.digits)")
        let outcome = await http.outcome(
            .get, url, headers: [("accept", "application/json")], within: time, largest: Self.largestReply)
        return switch outcome {
        case .timedOut: .timedOut
        case .tooLarge: .failed("the reply is larger than \(Self.largestReply) bytes")
        case .unreachable(let problem): .failed(problem)
        case .response(404, _), .response(204, _): .unknown
        case .response(200..<300, let body): Self.contact(in: body)
        case .response(let status, _): .failed("status \(status)")
        }
    }

    /// Reads the attributes: texts, numbers, true and false; an object without any knows nobody.
    package static func contact(in body: [UInt8]) -> ContactAnswer {
        guard case .object(let members)? = JSONReader.read(body) else { return .failed("the reply is no JSON object") }
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
