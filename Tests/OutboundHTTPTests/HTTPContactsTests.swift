// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
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

    @Test func aSecretInTheURLIsNotShown() {
        let source = HTTPContacts(url: "https://me:pw@crm.example.com/c/{number}?key=x", http: OutboundHTTP())
        #expect(source.name == "https://crm.example.com/c/{number}")
    }
}
