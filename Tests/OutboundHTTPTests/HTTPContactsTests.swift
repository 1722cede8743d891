// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import JSON
import OutboundHTTP
import TestSupport
import Testing

@Suite struct HTTPContactsTests {
    /// A reply, and where the contact is in it.
    struct Reply: Sendable {
        let body: String
        let path: String

        init(_ body: String, at path: String) {
            self.body = body
            self.path = path
        }
    }

    @Test(arguments: [
        (
            #"{"name":"Jan","visits":7,"vip":true,"note":null,"tags":[1],"more":{"a":1}}"#,
            ContactAnswer.found(
                Contact(attributes: ["name": "Jan", "visits": "7", "vip": "true", "tags.count": "1", "more.a": "1"]))
        ),
        ("{}", .unknown), (#"{"name":""}"#, .unknown), (#"{"visits":[]}"#, .unknown),
        ("[]", .failed("the reply is a list, not an object; name an item with `path`, such as 0")),
        ("7", .failed("the reply is not an object")), ("", .failed("the reply is not JSON")),
        ("\u{FEFF}{\"name\":\"Jan\"}", .found(Contact(attributes: ["name": "Jan"]))),
        ("<html>", .failed("the reply is not JSON")),
        (#"{"Tier":"vip","tier":"gold"}"#, .found(Contact(attributes: ["tier": "vip"]))),
    ])
    func aReplyIsReadAsAttributes(_ body: String, _ answer: ContactAnswer) {
        #expect(HTTPContacts.contact(in: Array(body.utf8)) == answer)
    }

    static let replies: [Row<Reply, ContactAnswer>] = [
        Row(
            "hosted data over HTTP: a key, an index, a key",
            Reply(#"{"data":[{"customer":{"name":"Jan"}}]}"#, at: "data.0.customer"),
            .found(Contact(attributes: ["name": "Jan"]))),
        Row(
            "nested values", Reply(#"{"owner":{"name":"Eva","desk":{"city":"Utrecht"}},"visits":[1,2]}"#, at: ""),
            .found(Contact(attributes: ["owner.name": "Eva", "owner.desk.city": "Utrecht", "visits.count": "2"]))),
        Row(
            "the first row of a list", Reply(#"[{"name":"Jan"}]"#, at: "0"),
            .found(Contact(attributes: ["name": "Jan"]))),
        Row("an empty list", Reply("[]", at: "0"), .unknown),
        Row("an empty list under a key", Reply(#"{"data":[]}"#, at: "data.0.customer"), .unknown),
        Row("a list where the contact should be", Reply(#"{"data":[]}"#, at: "data"), .unknown),
        Row("null", Reply(#"{"data":null}"#, at: "data"), .unknown),
        Row("a key that is not there", Reply(#"{"ok":true}"#, at: "data"), .unknown),
        Row("a text", Reply(#"{"data":"x"}"#, at: "data"), .failed("`data` in the reply is not an object")),
        Row(
            "a filled list", Reply(#"{"data":[{}]}"#, at: "data"),
            .failed("`data` in the reply is a list, not an object; name an item with `path`, such as 0")),
    ]

    @Test(arguments: replies) func aContactIsFoundByItsPath(_ row: Row<Reply, ContactAnswer>) {
        let path = row.input.path.split(separator: ".").map(String.init)
        #expect(HTTPContacts.contact(in: Array(row.input.body.utf8), at: path) == row.expected)
    }

    @Test(arguments: [
        Row("a plain one", "?n={number}", "?n=%2B31612345678"),
        Row(
            "a defect: Airtable", "?filterByFormula={Phone}='{number}'",
            "?filterByFormula=%7BPhone%7D='%2B31612345678'"),
        Row("a defect: Directus", "?filter[phone][_eq]={number}", "?filter%5Bphone%5D%5B_eq%5D=%2B31612345678"),
        Row("a bar and a caret", "?q=a|b^c&n={number}", "?q=a%7Cb%5Ec&n=%2B31612345678"),
        Row("what is encoded already", "?q=a%20b%5B&n={number}", "?q=a%20b%5B&n=%2B31612345678"),
        Row("a percent sign alone", "?q=100%&n={number}", "?q=100%25&n=%2B31612345678"),
        Row("a space and another script", "?q=é é&n={number}", "?q=%C3%A9%20%C3%A9&n=%2B31612345678"),
        Row("the line", "?n={number}&l={line}", "?n=%2B31612345678&l=%2B31201234567"),
        Row("in the path", "/{line}/{number}", "/%2B31201234567/%2B31612345678"),
        Row("another name in braces", "?{Number}={number}", "?%7BNumber%7D=%2B31612345678"),
    ])
    func aURLIsEncodedOnce(_ row: Row<String, String>) async throws {
        let http = OutboundHTTP()
        try await StallingServer.run(.looksUp(["/x\(row.expected)": #"{"name":"Jan"}"#])) { _, url in
            let source = HTTPContacts(url: url + row.input, http: http)
            let answer = await source.contact(
                for: ContactQuery("+31612345678", on: "+31201234567"), within: .seconds(30))
            #expect(answer == .found(Contact(attributes: ["name": "Jan"])))
        }
        try await http.shutDown()
    }

    @Test func headersAreSentWithEachRequest() async throws {
        let http = OutboundHTTP()
        try await StallingServer.run(.echoesHead) { _, url in
            let source = HTTPContacts(
                url: url + "?n={number}", headers: [("authorization", "Bearer s3cret"), ("x-desk", "1")], http: http)
            let answer = await source.contact(for: "+31612345678", within: .seconds(30))
            guard case .found(let contact) = answer else { return #expect(Bool(false), "\(answer)") }
            let head = contact["head"]?.split(separator: "|") ?? []
            for line in ["authorization: Bearer s3cret", "x-desk: 1", "accept: application/json"] {
                #expect(head.contains(Substring(line)), "\(head)")
            }
        }
        try await http.shutDown()
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
