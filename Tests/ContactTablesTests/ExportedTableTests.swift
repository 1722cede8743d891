// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import ContactTables
import PhoneNumbers
import TestSupport
import Testing

/// Files as spreadsheets, phones and customer databases export them.
@Suite struct ExportedTableTests {
    private static let plan = WorldNumberingPlan()

    private func read(_ text: String, _ columns: ContactColumns = .found) throws -> ContactTable.Reading {
        try ContactTable.read(
            Array(text.utf8), name: "contacts.csv", columns: columns, country: "NL", numbers: Self.plan)
    }

    @Test(arguments: [
        Row("row 18: an extension", "+31 20 555 0143 x12", ["+31205550143"]),
        Row("row 18: an extension as a parameter", "+31205550143;ext=7", ["+31205550143"]),
        Row("row 18: a space and a plus sign", "+31612345678 +31612345679", ["+31612345678", "+31612345679"]),
        Row("row 18: three colons", "+31612345678 ::: +31612345679", ["+31612345678", "+31612345679"]),
        Row("row 18: a comma", "\"+31612345678, 06 12345679\"", ["+31612345678", "+31612345679"]),
        Row("row 18: a semicolon", "+31612345678; +31612345679", ["+31612345678", "+31612345679"]),
        Row("row 18: a slash", "0612345678 / 0612345679", ["+31612345678", "+31612345679"]),
        Row("row 18: a line break", "\"0612345678\n0612345679\"", ["+31612345678", "+31612345679"]),
        Row("a slash within a number", "020/5550143", ["+31205550143"]),
        Row("row 19: a formula", "=\"+31612345678\"", ["+31612345678"]),
        Row("row 19: a formula in quotation marks", "\"=\"\"+31612345678\"\"\"", ["+31612345678"]),
        Row("row 17: invisible characters", "\u{202A}+31\u{2011}6 12345678\u{202C}", ["+31612345678"]),
        Row("a remark", "0612345678 (work)", ["+31612345678"]),
        Row("words", "mob. 0612345678 or tel. 020 5550143", ["+31612345678", "+31205550143"]),
        Row("thousands", "\"31,612,345,678\"", ["+31612345678"]),
        Row("row 4: a 0 behind the country code", "+310612345678", ["+31612345678"]),
        Row("one number twice", "\"0612345678, +31612345678\"", ["+31612345678"]),
    ])
    func readsTheNumbersOfACell(_ row: Row<String, [String]>) throws {
        let reading = try read("name,number\nJan,\(row.input)\n")
        #expect(reading.problems == [])
        #expect(reading.table.count == row.expected.count)
        for number in row.expected.compactMap({ PhoneNumber($0) }) {
            #expect(reading.table.contact(for: number) == .found(Contact(attributes: ["name": "Jan"])))
        }
    }

    @Test(arguments: [
        Row("row 18: a power of ten", "3.16123E+10", RowProblem.Kind.unreadable("3.16123E+10", .rounded)),
        Row("row 18: a power of ten with a comma", "\"3,16123E+10\"", .unreadable("3,16123E+10", .rounded)),
        Row("row 25: a number that does not exist", "5550143", .noSuchNumber("5550143", "+315550143", country: "NL")),
        Row("row 25: a short number", "12345", .noSuchNumber("12345", "+3112345", country: "NL")),
        Row("a withheld number", "anonymous", .withheldNumber("anonymous")),
        Row("a word", "n.v.t.", .unreadable("n.v.t.", .letters)),
    ])
    func namesTheCell(_ row: Row<String, RowProblem.Kind>) throws {
        let reading = try read("number,name\n\(row.input),Jan\n")
        #expect(reading.problems == [RowProblem(row: 2, kind: row.expected)])
        #expect(reading.problems[0].description.contains("row 2: "))
    }

    @Test(arguments: [
        Row("a comma before a semicolon", "number,note;text\n+31612345678,x\n", 1),
        Row("one column, with a semicolon in a cell", "number\n+31612345678;+31201234567\n", 2),
        Row("one column, with a comma in a cell", "number\n+31612345678, +31201234567\n", 2),
    ])
    func readsTheNumbersOfATieAndOfOneColumn(_ row: Row<String, Int>) throws {
        let reading = try read(row.input)
        #expect(reading.table.count == row.expected && reading.problems == [])
    }

    @Test(arguments: [
        Row("row 19: sep= and a semicolon", "sep=;\r\nnumber;name\r\n+31612345678;Jan\r\n", "Jan"),
        Row("sep= and a tab, in quotation marks", "\"sep=\t\"\nnumber\tname\n+31612345678\tJan\n", "Jan"),
        Row("sep= and a rare delimiter", "sep=^\nnumber^name\n+31612345678^Jan\n", "Jan"),
        Row("row 20: a byte order mark and sep=", "\u{FEFF}sep=;\nnumber;name\n+31612345678;Jan\n", "Jan"),
        Row("a delimiter in quotation marks", "\"number\";\"name, first, last\";name\n+31612345678;;Jan\n", "Jan"),
        Row("a tab", "number\tname\n+31612345678\tJan", "Jan"),
        Row("a bar", "number|name\n+31612345678|Jan", "Jan"),
        Row("formulas and a comma in a name", "number,name,x\n=\"+31612345678\",Jan,\"a=\"\"b\"\", c\"", "Jan"),
    ])
    func findsTheDelimiter(_ row: Row<String, String>) throws {
        guard case .found(let contact) = try read(row.input).table.contact(for: "+31612345678") else {
            return #expect(Bool(false))
        }
        #expect(contact["name"] == row.expected)
    }

    @Test(arguments: [
        "Phone", "phone number", "Phone_Number", "phoneNumber", "PHONE", "Telephone", "Mobile", "Mobile Phone", "Tel.",
        "Tel. nr.", "Cell", "Telefoon", "Telefoonnummer", "Mobiel (zakelijk)", "Rufnummer", "Telefon privat", "Handy",
        "Phone 1 - Value", "Business Phone 2", "Téléphone portable", "Número de teléfono", "Number", "nummer",
        "\"Mobile, private\"", "Mobiele telefoon", "Privételefoon", "Kundentelefon", "Mobiltelefonnummer",
        "Numer telefonu",
        "Tél. portable", "Nº de teléfono", "Contact Number", "Contact No.", "Shipping Phone", "WhatsApp Phone Number",
        "Телефон", "手机", "電話番号", "Telefoon overdag", "TelNr", "Telefon mobilny",
    ])
    func findsTheColumnOfNumbers(name: String) throws {
        let reading = try read("name,\(name)\nJan,+31612345678\n")
        #expect(reading.table.count == 1)
        #expect(reading.numberColumns.count == 1)
        #expect(reading.columnProblems == [])
    }

    @Test(arguments: [
        "customer number", "Phone 1 - Type", "house number", "phone_ext", "Fax", "Mobile app", "number of visits",
        "code",
    ])
    func leavesOtherColumnsAlone(name: String) {
        let isFax = name == "Fax"
        #expect(throws: ContactTableError(file: "contacts.csv", .noNumberColumn(likely: isFax ? [] : [name]))) {
            try read("name,\(name)\nJan,+31612345678\n")
        }
    }

    @Test(arguments: [
        Row("no column", "name,code\nJan,4711\n", ContactTableError.Kind.noNumberColumn(likely: [])),
        Row("a number in a note", "name,code\nJan,4711\nPiet,0612345678\nEva,12\n", .noNumberColumn(likely: [])),
        Row("dates", "name,since\nJan,01-02-2026\nPiet,03.04.2026\n", .noNumberColumn(likely: [])),
        Row("customer numbers", "name,code\nJan,612345678\nPiet,612345679\n", .noNumberColumn(likely: [])),
        Row("a row of a person first", "Jan,+31612345678\nPiet,+31612345679\n", .noHeader),
    ])
    func aFileWithoutAColumnOfNumbersIsRefused(_ row: Row<String, ContactTableError.Kind>) {
        #expect(throws: ContactTableError(file: "contacts.csv", row.expected)) { try read(row.input) }
    }

    @Test(
        arguments: [
            Row("a column of another person", "Mobile,Partner phone\n0612345678,0612345679\n", [["Partner phone"]]),
            Row("most cells decide", "Mobile,x\n0612345678,a\n0612345679,b\n0612345670,0205550143\n", []),
            Row("a fax", "Mobile,Business Fax\n0612345678,0205550143\n", []),
        ] as [Row<String, [[String]]>])
    func namesColumnsOfNumbersThatAreNotRead(_ row: Row<String, [[String]]>) throws {
        #expect(try read(row.input).columnProblems == row.expected.map { .unread($0) })
        let named = ContactColumns(numbers: ["Mobile"])
        #expect(try read(row.input, named).columnProblems == [], "the owner has chosen")
    }

    @Test(arguments: [
        Row("empty rows first", "\n\nnumber,name\n06,Piet\n+31612345678,Jan\n", 4),
        Row("rows of delimiters first", ",,\nnumber,name\n06,Piet\n+31612345678,Jan\n", 3),
        Row("rows of semicolons first", ";\n;\nnumber;name\n06;Piet\n+31612345678;Jan\n", 4),
    ])
    func anExportMayBeginWithEmptyRows(_ row: Row<String, Int>) throws {
        let reading = try read(row.input)
        #expect(reading.table.contact(for: "+31612345678") == .found(Contact(attributes: ["name": "Jan"])))
        #expect(reading.problems == [RowProblem(row: row.expected, kind: .unreadable("06", .tooShort))])
    }

    @Test func severalColumnsOfNumbersAreAllRead() throws {
        let reading = try read("Name,Home Phone,Mobile,Fax\nJan,0205550143,0612345678,0205550144\n")
        #expect(reading.numberColumns == ["Home Phone", "Mobile"])
        #expect(reading.table.count == 2)
        #expect(reading.attributes == ["Name", "Home Phone", "Mobile", "Fax"])
        guard case .found(let jan) = reading.table.contact(for: "+31205550143") else { return #expect(Bool(false)) }
        #expect(jan["mobile"] == "0612345678")
    }

    @Test(arguments: [
        Row(
            "two columns named number", "number,Number,name\n0612345678,0612345679,Jan\n",
            [ColumnProblem.repeated("number")]),
        Row("two columns of one name", "number,name,Name\n0612345678,Jan,Piet\n", [.repeated("name")]),
        Row(
            "a number that may be another", "number,Mobile\n0612345678,0612345679\n",
            [.ambiguous(["number", "Mobile"])]),
    ])
    func saysWhatIsDoubtfulAboutColumns(_ row: Row<String, [ColumnProblem]>) throws {
        #expect(try read(row.input).columnProblems == row.expected)
    }

    @Test func columnsMayBeNamed() throws {
        let columns = ContactColumns(
            numbers: ["phone 1 - value", "GSM"],
            attributes: [.init(name: "name", columns: ["Given", "Family"]), .init(name: "city", columns: ["Twon"])])
        let reading = try read(
            "Given,Family,Phone 1 - Value,GSM,Town\nJan,Vries,0612345678,0612345679,Utrecht\n", columns)
        #expect(reading.numberColumns == ["Phone 1 - Value", "GSM"])
        #expect(reading.columnProblems == [.missing("Twon", nearest: "Town")])
        guard case .found(let jan) = reading.table.contact(for: "+31612345679") else { return #expect(Bool(false)) }
        #expect(jan["name"] == "Jan Vries")
        #expect(jan["town"] == "Utrecht")
    }

    @Test func namedColumnsThatAreAllMissingAreAnError() {
        #expect(throws: ContactTableError(file: "contacts.csv", .noSuchColumns(["A", "B"], nearest: nil))) {
            try read("number,name\n0612345678,Jan\n", ContactColumns(numbers: ["A", "B"]))
        }
        #expect(throws: ContactTableError(file: "contacts.csv", .noSuchColumns(["Fone"], nearest: "Fon"))) {
            try read("Fon,name\n0612345678,Jan\n", ContactColumns(numbers: ["Fone"]))
        }
    }

    @Test(arguments: [
        Row(
            "row 2: marks missing in two rows",
            "number,name,tier\n+31612345678,\"Jan,vip\n+31612345679,Piet\",vip\n",
            [RowProblem(row: 2, kind: .hiddenRow("+31612345679"))]),
        Row(
            "row 2: and a national number", "name;number\n\"Jan;x\nPiet;06 12345679\";0612345678\n",
            [RowProblem(row: 2, kind: .hiddenRow("+31612345679"))]),
        Row(
            "row 2: in the first line of the cell",
            "name,number\n\"Bob,+31655500002\nAnna\",+31612345678\nEva,+31655500004\n",
            [RowProblem(row: 2, kind: .hiddenRow("+31655500002"))]),
        Row(
            "row 2: in a cell further on", "tier,name,number\nvip,\"Bob,0655500002\nx,Anna\",+31612345678\n",
            [RowProblem(row: 2, kind: .hiddenRow("+31655500002"))]),
        Row("several numbers of one person", "number,name\n\"+31612345678,0655500001\n0655500002\",Jan\n", []),
        Row("an address of three lines", "number,name\n+31612345678,\"Jan\nDam 1, 1012 AB\nAmsterdam\"\n", []),
        Row("another number of the same person", "number,name\n\"+31612345678\n+31612345679\",Jan\n", []),
        Row(
            "a comma without quotation marks", "number,name,tier\n+31612345678,Jan, Jr.,vip\n",
            [RowProblem(row: 2, kind: .tooManyCells(4, columns: 3))]),
        Row("empty cells at the end", "number,name\n+31612345678,Jan,,, \n", []),
    ])
    func namesRowsWhoseCellsMoved(_ row: Row<String, [RowProblem]>) throws {
        let reading = try read(row.input)
        #expect(reading.problems == row.expected)
        let isUsed = !row.expected.contains { if case .hiddenRow = $0.kind { true } else { false } }
        #expect(reading.table.contact(for: "+31612345678") == .unknown || isUsed, "nobody is greeted as somebody else")
    }

    /// Whatever the bytes are, a file is read or refused, and nobody gets a row that is not theirs.
    @Test(arguments: UInt64(1)...4) func anyBytesAreReadOrRefused(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "number", "name", ",", ";", "\"", "=\"", "\n", "\r\n", "+31612345678", "sep=;", "\u{FEFF}", "é", "\0", " ",
            ":::", "/",
        ]
        for _ in 0..<1500 {
            let text = (0..<Int.random(in: 0..<30, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            do throws(ContactTableError) {
                let reading = try ContactTable.read(
                    Array(text.utf8), name: "f", country: "NL", numbers: NoNumberingPlan())
                #expect(reading.table.count <= text.count { $0 == "+" })
            } catch {
                #expect(error.file == "f")
            }
        }
    }
}
