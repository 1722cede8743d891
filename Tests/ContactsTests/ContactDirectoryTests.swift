// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import TestSupport
import Testing

@Suite struct ContactDirectoryTests {
    private struct Source: LocalContacts {
        let name: String
        let answer: ContactAnswer

        func contact(for number: PhoneNumber) -> ContactAnswer { answer }
    }

    private static let jan = Contact(attributes: ["name": "Jan"])

    @Test func theFirstSourceThatKnowsTheCallerIsTheLastThatIsAsked() {
        let directory = ContactDirectory(sources: [
            Source(name: "a", answer: .unknown), Source(name: "b", answer: .failed("it is locked")),
            Source(name: "c", answer: .found(Self.jan)), Source(name: "d", answer: .found(Contact(attributes: [:]))),
        ])
        let lookup = directory.look(up: "+31612345678")
        #expect(lookup.contact == Self.jan)
        #expect(
            lookup.reports.map(\.description) == [
                "a does not know the caller", "b failed: it is locked", "c knows the caller",
            ])
    }

    @Test func withoutSourcesNobodyIsKnown() {
        #expect(ContactDirectory(sources: []).look(up: "+31612345678") == ContactLookup(contact: nil, reports: []))
    }
}
