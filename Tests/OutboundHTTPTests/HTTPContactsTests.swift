// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import JSON
import OutboundHTTP
import TestSupport
import Testing

@Suite struct HTTPContactsTests {
    @Test(arguments: [
        (
            #"{"name":"Jan","visits":7,"vip":true,"note":null,"tags":[1],"more":{"a":1}}"#,
            ContactAnswer.found(Contact(attributes: ["name": "Jan", "visits": "7", "vip": "true"]))
        ),
        ("{}", .unknown), (#"{"name":""}"#, .unknown),
        ("[]", .failed("the reply is not a JSON object")), ("", .failed("the reply is not a JSON object")),
        ("<html>", .failed("the reply is not a JSON object")),
    ])
    func aReplyIsReadAsAttributes(_ body: String, _ answer: ContactAnswer) {
        #expect(HTTPContacts.contact(in: Array(body.utf8)) == answer)
    }

    @Test(arguments: ContactSourceContract.rows)
    func keepsTheContract(_ row: Row<PhoneNumber, ContactAnswer>) async throws {
        try await OutboundHTTP.withClient { http in
            let replies = ContactSourceContract.people.map { person in
                let attributes: JSONValue = ["name": .string(person.name), "tier": .string(person.tier)]
                return ("/x?n=%2B\(person.number.digits)", attributes.text)
            }
            try await StallingServer.run(.looksUp(Dictionary(uniqueKeysWithValues: replies))) { _, url in
                let source = HTTPContacts(url: url + "?n={number}", http: http)
                #expect(await source.contact(for: row.input, within: .seconds(30)) == row.expected)
            }
        }
    }

    @Test func aSecretInTheURLIsNotShown() {
        let source = HTTPContacts(url: "https://me:pw@crm.example.com/c/{number}?key=x", http: OutboundHTTP())
        #expect(source.name == "https://crm.example.com/c/{number}")
    }
}
