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

    @Test(arguments: ContactSourceContract.rows)
    func keepsTheContract(_ row: Row<PhoneNumber, ContactAnswer>) throws {
        let people = ContactSourceContract.people.map { "\($0.number),\(quoted($0.name)),\(quoted($0.tier))\n" }
        let reading = try read("number,name,tier\n" + people.joined())
        #expect(reading.problems == [])
        #expect(reading.table.contact(for: row.input) == row.expected)
    }

    private func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

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
        let reading = try read("number,name\n,Nobody\n06,Short\n+31612345678,Jan\n\n+31612345678,Piet\n")
        #expect(
            reading.problems == [
                RowProblem(row: 2, kind: .noNumber), RowProblem(row: 3, kind: .unreadable("06", .tooShort)),
                RowProblem(row: 6, kind: .repeatedNumber("+31612345678", earlier: 4)),
            ])
        #expect(reading.rows == 4, "an empty row does not count")
        #expect(reading.table.contact(for: "+31612345678") == .found(Contact(attributes: ["name": "Jan"])))
    }

    @Test(arguments: [
        (
            Array("customer number,name\n".utf8),
            ContactTableError.Kind.noNumberColumn(likely: [])
        ),
        ([0xFF, 0xFE, 0x6E, 0x00, 0x0A, 0x00], .foreign(.utf16)), (Array("n\0u\0m\0b\0".utf8), .foreign(.utf16)),
        ([0x6E, 0xFF, 0x0A], .notUTF8(line: 1)),
        // Row 20: what spreadsheets call CSV is often Latin-1.
        (Array("number,name\n+31612345678,Jos".utf8) + [0xE9, 0x0A], .notUTF8(line: 2)),
        ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00], .foreign(.workbook)),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0x00, 0x00], .foreign(.workbook)),
        (Array("\u{FEFF}BEGIN:VCARD\nTEL:+31612345678\n".utf8), .foreign(.vCard)),
        (Array("<!DOCTYPE html><title>Sign in</title>".utf8), .foreign(.webPage)),
        ([], .empty), (Array(" \n;;\n".utf8), .empty),
    ])
    func refusesAFileThatIsNotATable(bytes: [UInt8], kind: ContactTableError.Kind) {
        #expect(throws: ContactTableError(file: "contacts.csv", kind)) {
            try ContactTable.read(bytes, name: "contacts.csv", country: nil, numbers: NoNumberingPlan())
        }
    }

    @Test(arguments: [
        Row("a mark that is never closed", "number,name\n1,Jan\n2,\"Bob,vip\n3,Eva\n", 3),
        Row("a mark that is closed by the next one", "number,name\n1,\"Bob,vip\n2,\"Jan, Piet\",vip\n", 2),
        Row("a doubled mark is not a closing one", "number,name\n1,\"Bob \"\"\n2,Eva\n", 2),
        Row("text after a closing mark", "number,name\n1,Jan\n2,\"Bob\" B\n", 3),
        Row("a mark in a cell without quotes", "number,name\n1,Jan\n2,Bob\n3,5\" pipe\n", 4),
        Row("a mark at the end of a cell", "number,name\n1,Jan\"\n", 2),
        Row("a mark at the end of the file", "number;name\n1;Jan\"", 2),
        Row("a row of several lines is one row", "number,name\r\n1,\"a\r\nb\"\r\n2,\"Bob\r\n", 3),
        Row("the header", "number,\"name\n1,Jan\n", 1),
    ])
    func namesTheRowWhoseQuotesDoNotMatch(_ row: Row<String, Int>) {
        #expect(throws: ContactTableError(file: "contacts.csv", .unbalancedQuotes(row: row.expected))) {
            try read(row.input)
        }
    }

    @Test(arguments: [
        Row("a doubled mark", "number,name\n+31612345678,\"5\"\" pipe\"\n", "5\" pipe"),
        Row("a doubled mark in a cell without quotes", "number,name\n+31612345678,5\"\" pipe\n", "5\" pipe"),
        Row("spaces around quotes", "number,name\n+31612345678, \"Jan, x\" \n", "Jan, x"),
        Row("a delimiter of another kind", "number;name\n+31612345678;\"Jan; x\"", "Jan; x"),
        Row("tabs", "number\tname\n+31612345678\t\"Jan\tx\"\n", "Jan\tx"),
    ])
    func acceptsQuotesThatMatch(_ row: Row<String, String>) throws {
        let contact = Contact(attributes: ["name": row.expected])
        #expect(try read(row.input).table.contact(for: "+31612345678") == .found(contact))
    }
}
