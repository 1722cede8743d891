// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import ContactTables
import TestSupport
import Testing

@Suite struct ContactTableTests {
    private func read(_ text: String) throws -> ContactTable.Reading {
        try ContactTable.read(Array(text.utf8), name: "contacts.csv", country: nil, numbers: NoNumberingPlan())
    }

    @Test(arguments: [
        ("a header and a row", "number,name,tier\n+31612345678,Jan,vip\n"),
        ("lines that end as on Windows", "number,name,tier\r\n+31612345678,Jan,vip\r\n"),
        ("a byte order mark", "\u{FEFF}number,name,tier\n+31612345678,Jan,vip\n"),
        ("columns in another order and case", "name,Number,tier\nJan,+31612345678,vip"),
        ("spaces around", " number , name , tier \n +31612345678 , Jan , vip "),
        ("semicolons", "number;name;tier\n+31612345678;Jan;vip\n"),
    ])
    func knowsTheCaller(name: String, text: String) throws {
        let reading = try read(text)
        let jan = Contact(attributes: ["name": "Jan", "tier": "vip"])
        #expect(reading.table.contact(for: "+31612345678") == .found(jan))
        #expect(reading.table.contact(for: "+31612345679") == .unknown)
        #expect(reading.problems.isEmpty)
    }

    @Test func aCellMayHoldQuotesCommasAndLineBreaks() throws {
        let reading = try read("number,name\n+31612345678,\"Jan \"\"de\"\" Vries,\nAmsterdam\"\n")
        let jan = Contact(attributes: ["name": "Jan \"de\" Vries,\nAmsterdam"])
        #expect(reading.table.contact(for: "+31612345678") == .found(jan))
    }

    @Test func anEmptyCellIsNoAttribute() throws {
        let reading = try read("number,name,tier\n+31612345678,,vip\n+31612345679\n")
        #expect(reading.table.contact(for: "+31612345678") == .found(Contact(attributes: ["tier": "vip"])))
    }

    @Test func rowsThatCannotBeUsedAreNamedByTheirPlace() throws {
        let reading = try read("number,name\n,Nobody\n06,Short\n+31612345678,Jan\n+31612345678,Piet\n")
        #expect(
            reading.problems == [
                RowProblem(row: 2, kind: .noNumber), RowProblem(row: 3, kind: .unreadableNumber),
                RowProblem(row: 5, kind: .repeatedNumber),
            ])
        #expect(reading.table.contact(for: "+31612345678") == .found(Contact(attributes: ["name": "Jan"])))
    }

    @Test(arguments: [
        (
            Array("phone,name\n".utf8),
            ContactTableError.noNumberColumn(file: "contacts.csv")
        ),
        ([0x6E, 0xFF, 0x0A], .notUTF8(file: "contacts.csv")),
    ])
    func aFileThatIsNoTableIsRefused(bytes: [UInt8], error: ContactTableError) {
        #expect(throws: error) {
            try ContactTable.read(bytes, name: "contacts.csv", country: nil, numbers: NoNumberingPlan())
        }
    }
}
