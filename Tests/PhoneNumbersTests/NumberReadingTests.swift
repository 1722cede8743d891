// SPDX-License-Identifier: Apache-2.0

import Calls
import PhoneNumbers
import TestSupport
import Testing

@Suite struct NumberReadingTests {
    static let plan = WorldNumberingPlan()

    struct Spelled: Sendable, CustomTestStringConvertible {
        let row: String
        let text: String
        let country: String?
        let number: PhoneNumber
        var testDescription: String { "\(row): \(text.debugDescription) in \(country ?? "-")" }

        init(_ row: String, _ text: String, _ country: String?, _ number: PhoneNumber) {
            self.row = row
            self.text = text
            self.country = country
            self.number = number
        }
    }

    @Test(arguments: [
        Spelled("row 1", "4917612345678", "DE", "+4917612345678"),
        Spelled("row 1", "491511234567", "DE", "+491511234567"),
        Spelled("row 1", "3912345678", "IT", "+393912345678"), Spelled("row 1", "9198765432", "IN", "+919198765432"),
        Spelled("row 1", "31612345678", "NL", "+31612345678"), Spelled("row 1", "612345678", "NL", "+31612345678"),
        Spelled("row 3", "31850835037", "NL", "+31850835037"), Spelled("row 3", "0031850835037", "NL", "+31850835037"),
        Spelled("row 3", "0850835037", "NL", "+31850835037"), Spelled("row 3", "0031850835037", nil, "+31850835037"),
        Spelled("row 3", "sip:31850835037@host", "NL", "+31850835037"),
        Spelled("row 3", "31850835037@10.0.0.1", "NL", "+31850835037"),
        Spelled("row 4", "+31 6 12345678", "NL", "+31612345678"),
        Spelled("row 4", "tel:+31612345678", "DE", "+31612345678"),
        Spelled("row 4", "TEL:0612345678", "NL", "+31612345678"),
        Spelled("row 4", "tel:612345678;phone-context=+31", "DE", "+31612345678"),
        Spelled("row 4", "tel:0612345678;phone-context=+31", "DE", "+31612345678"),
        Spelled("row 4", "tel:0612345678;phone-context=example.com", "NL", "+31612345678"),
        Spelled("row 4", "sip:+31612345678@host;user=phone", nil, "+31612345678"),
        Spelled("row 4", "sips:+31612345678;isub=1@[::1]:5061;user=phone?x=1", nil, "+31612345678"),
        Spelled("row 4", "sip:%2B31612345678@host", nil, "+31612345678"),
        Spelled("row 4", "sip:0612345678:secret@host", "NL", "+31612345678"),
        Spelled("row 4", "\"Jan <home>\" <sip:+31612345678@host>;tag=1", nil, "+31612345678"),
        Spelled("row 4", "Unknown <sip:+31612345678@host>", nil, "+31612345678"),
        Spelled("row 4", "<tel:+31-6-1234-5678>", nil, "+31612345678"),
        Spelled("row 4", "+0031612345678", nil, "+31612345678"), Spelled("row 4", "+0612345678", "NL", "+31612345678"),
        Spelled("row 4", "4917612345678", "NL", "+4917612345678"),
        Spelled("row 4", "01131612345678", "US", "+31612345678"),
        Spelled("row 17", "\u{202A}+31\u{2011}6\u{2013}12345678\u{202C}", nil, "+31612345678"),
        Spelled("row 17", "\u{2066}+31\u{2009}6\u{200B}1234\u{A0}5678\u{2069}\u{FEFF}", nil, "+31612345678"),
        Spelled("row 17", "＋３１６１２３４５６７８", nil, "+31612345678"), Spelled("row 17", "٠٦١٢٣٤٥٦٧٨", "NL", "+31612345678"),
        Spelled("row 17", "०६१२३४५६७८", "NL", "+31612345678"),
        Spelled("row 17", "+31 (0)6 12345678", nil, "+31612345678"),
        Spelled("row 18", "+31 20 555 0143 x12", nil, "+31205550143"),
        Spelled("row 18", "+31205550143;ext=7", nil, "+31205550143"),
        Spelled("row 18", "020-5550143 ext. 12", "NL", "+31205550143"),
        Spelled("row 18", "+31 20 555 0143 #12", nil, "+31205550143"),
        Spelled("row 18", "(020) 5550143 toestel 12", "NL", "+31205550143"),
        Spelled("row 18", "+31205550143,,12#", nil, "+31205550143"),
        Spelled("row 18", "31612345678.0", "NL", "+31612345678"),
        Spelled("row 19", "=\"+31612345678\"", nil, "+31612345678"),
        Spelled("row 19", "'0612345678", "NL", "+31612345678"),
    ])
    func readsEverySpelling(_ spelled: Spelled) {
        #expect(Self.plan.read(spelled.text, country: spelled.country).number == spelled.number)
    }

    @Test(arguments: [
        " anonymous ", "Anonymous", "tel:anonymous", "sip:anonymous@anonymous.invalid", "sip:c8oqz84@anonymous.invalid",
        "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=88", "\"Anonymous\" <sip:+31612345678@host>",
        "sip:Restricted@host", "<sip:unavailable@unknown.invalid>", "\u{200B}PRIVATE\u{A0}", "Unknown Caller",
        "+266696687", "+86282452253", "+7378742833", "+2562533", "+8656696", "+464",
        "sip:+266696687@host", "tel:+464", "86282452253", "Afgeschermd", "nummer onbekend", "Unbekannte Rufnummer",
        "numéro masqué", "número oculto", "sconosciuto", "Private Name",
    ])
    func aHiddenNumberHasManyForms(_ text: String) {
        #expect(Self.plan.read(text, country: "NL") == .withheld, "row 9")
    }

    @Test(arguments: [
        "", " ", "\u{200B}", "null", "None", "tel:", "0", "+0", "0000000000", "sip:000@host", "+", "no number",
    ])
    func nothingIsNothing(_ text: String) {
        #expect(Self.plan.read(text, country: "NL") == .none, "row 30")
    }

    @Test(
        arguments: [
            ("3.16123E+10", .rounded), ("3,16123E+10", .rounded), ("3.16123e10", .rounded),
            ("3.1612345670E+010", .rounded), ("-3.16E+10", .rounded), ("Jan", .letters),
            ("1-800-FLOWERS", .letters), ("sip:alice@example.com", .letters), ("sip:10.0.0.1", .letters),
            ("+31612345678 +31655500001", .several), ("+31612345678, +31655500001", .several),
            ("12", .tooShort), ("+999 12 3456 7890 12345 6", .tooLong), ("0612345678", .noCountry),
            ("31612345678", .noCountry), ("+4930*", .prefix), ("*31#0612345678", .symbols),
            ("1\u{20E3}23456789", .symbols),
        ] as [(String, UnreadableNumber)])
    func whatCannotBeReadHasAReason(_ text: String, reason: UnreadableNumber) {
        #expect(Self.plan.read(text, country: nil) == .unreadable(reason))
    }

    @Test func digitsThatAreTwoNumbersAreRemarkedOn() {
        #expect(
            Self.plan.read("4917612345678", country: "DE")
                == .number("+4917612345678", .alsoNational("+494917612345678")))
        #expect(Self.plan.read("4917612345678", country: "NL") == .number("+4917612345678", .withoutPlus))
        #expect(Self.plan.read("0612345678", country: "NL") == .number("+31612345678", nil))
    }

    @Test(
        arguments: [
            ("+31612345678 ::: +31655500001", ["+31612345678", "+31655500001"]),
            ("+31612345678, 0655500001", ["+31612345678", "+31655500001"]),
            ("+31612345678;+31655500001", ["+31612345678", "+31655500001"]),
            ("+31612345678\n0612345678", ["+31612345678"]),
            ("020 5550143 / 06 12345678", ["+31205550143", "+31612345678"]),
            ("020/5550143", ["+31205550143"]), ("+31205550143;ext=7", ["+31205550143"]),
            ("+31205550143,12", ["+31205550143"]), ("", []), (" ; ", []),
            ("+31612345678 +31655500001", ["+31612345678", "+31655500001"]), ("3,16123E+10", [nil]),
        ] as [(String, [PhoneNumber?])])
    func aCellHasSeveralNumbers(_ cell: String, numbers: [PhoneNumber?]) {
        #expect(Self.plan.numbers(in: cell, country: "NL").map(\.number) == numbers, "row 18")
    }

    @Test(
        arguments: [
            ("+4930*", nil, .prefix("+4930")), ("+49 30 *", nil, .prefix("+4930")), ("004930*", nil, .prefix("+4930")),
            ("+49 (0)30*", nil, .prefix("+4930")), ("0049 (0)30 *", nil, .prefix("+4930")),
            ("+39 06*", nil, .prefix("+3906")), ("+353 (0)1*", nil, .prefix("+3531")),
            ("+31 (0)20 1234500-99", nil, .range(Self.range("+31201234500", "+31201234599"))),
            ("030*", "DE", .prefix("+4930")), ("020*", "NL", .prefix("+3120")), ("030*", nil, .unreadable(.noCountry)),
            ("4930*", "DE", .unreadable(.withoutPlus)), ("*", "DE", .unreadable(.tooShort)),
            ("+31201234500-99", nil, .range(Self.range("+31201234500", "+31201234599"))),
            ("+31201234500\u{2013}599", nil, .range(Self.range("+31201234500", "+31201234599"))),
            ("+31201234500 - +31201234599", nil, .range(Self.range("+31201234500", "+31201234599"))),
            ("+31201234500..99", nil, .range(Self.range("+31201234500", "+31201234599"))),
            ("+31 20 1234500 - 99", nil, .range(Self.range("+31201234500", "+31201234599"))),
            ("+31-20-123-4567", nil, .number("+31201234567", nil)),
            ("+31 20 12345-67", nil, .number("+31201234567", nil)),
            ("+49 30 123456-78", nil, .number("+493012345678", nil)), ("+31201234599-00", nil, .unreadable(.badRange)),
            ("0201234500-99", "NL", .range(Self.range("+31201234500", "+31201234599"))),
            ("020 1234500 - 020 1234599", "NL", .range(Self.range("+31201234500", "+31201234599"))),
            ("0031201234500-99", nil, .range(Self.range("+31201234500", "+31201234599"))),
            ("0201234599-0201234500", "NL", .unreadable(.badRange)),
            ("020-1234567", "NL", .number("+31201234567", nil)), ("06-12 34-56 78", "NL", .number("+31612345678", nil)),
            ("030123456-78", "DE", .number("+493012345678", nil)),
            ("withheld", nil, .withheld), ("Anonymous", nil, .withheld),
            ("0612345678", "NL", .number("+31612345678", nil)),
        ] as [(String, String?, CallerEntry)])
    func aListHasPrefixesAndRanges(_ text: String, country: String?, entry: CallerEntry) {
        #expect(Self.plan.callers(text, country: country) == entry, "row 21, ask 3")
    }

    private static func range(_ first: PhoneNumber, _ last: PhoneNumber) -> PhoneRange {
        guard let range = PhoneRange(first: first, last: last) else { preconditionFailure("a range of the test") }
        return range
    }

    @Test(arguments: [("5550143", "NL", "+315550143", "NL"), ("12345", "NL", "+3112345", "NL")])
    func aNumberThatDoesNotExistIsKnown(text: String, country: String, number: PhoneNumber, missingIn: String) {
        #expect(Self.plan.read(text, country: country).number == number)
        #expect(Self.plan.countryWithout(number) == missingIn, "row 25")
    }

    @Test(arguments: SpelledNumber.countries) func aNumberInTenSpellingsIsOneNumber(country: String) throws {
        let number = try #require(Self.plan.example(in: country))
        let spellings = SpelledNumber.spellings(
            of: number, national: try #require(Self.plan.text(of: number, in: .national)),
            international: try #require(Self.plan.text(of: number, in: .international)),
            uri: try #require(Self.plan.text(of: number, in: .uri)))
        for spelling in spellings {
            #expect(Self.plan.read(spelling, country: country).number == number, "\(spelling.debugDescription)")
        }
    }
}
