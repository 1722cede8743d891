// SPDX-License-Identifier: Apache-2.0

import Calls
import PhoneNumbers
import TestSupport
import Testing

/// Spellings that look like E.164 and are not, and numbers among other text.
@Suite struct OddNumberTests {
    private static let plan = WorldNumberingPlan()

    @Test(
        arguments: [
            Row("row 4: a 0 behind the country code", "+310612345678", "+31612345678"),
            Row("row 4: and a space", "+31 0612345678", "+31612345678"),
            Row("row 4: and no plus sign, and no number that exists", "31 02 55. 0143 x12", "+312550143"),
            Row("row 4: and of three digits", "+3530861234567", "+353861234567"),
            Row("row 4: 06 in Hungary", "+3606201234567", "+36201234567"),
            Row("row 4: 8 in Russia", "+789123456789", "+79123456789"),
            Row("row 4: the former 1 of Mexico", "+5215512345678", "+525512345678"),
            Row("row 4: a second 1 in North America", "+112125550100", "+12125550100"),
            Row("Italian numbers keep their 0", "+390236618300", "+390236618300"),
            Row("and so do those of Ivory Coast", "+2250712345678", "+2250712345678"),
            Row("numbers of Saint Petersburg begin with 8", "+78121234567", "+78121234567"),
            Row("a 0 where no number is known", "+3100", "+3100"),
            Row("row 4: another scheme", "whatsapp:+31612345678", "+31612345678"),
            Row("row 4: and another", "im:+31612345678@host", "+31612345678"),
            Row("row 3: an encoded plus sign", "%2B31612345678", "+31612345678"),
            Row("row 3: in an address", "tel:%2B31612345678", "+31612345678"),
            Row("two plus signs", "++31612345678", "+31612345678"),
            Row("row 17: dots in the middle", "+31\u{B7}6\u{B7}12345678", "+31612345678"),
            Row("row 17: what is left of an invisible character", "?+31612345678", "+31612345678"),
            Row("row 19: a formula without marks", "=+31612345678", "+31612345678"),
            Row("row 19: an accent for an apostrophe", "`0612345678", "+31612345678"),
            Row("row 18: a marker without an extension", "+31612345678 x", "+31612345678"),
            Row("row 18: thousands", "31,612,345,678", "+31612345678"),
            Row("row 18: thousands and decimals", "+31,612,345,678.00", "+31612345678"),
        ] as [Row<String, PhoneNumber>])
    func readsOddSpellings(_ row: Row<String, PhoneNumber>) {
        #expect(Self.plan.read(row.input, country: "NL").number == row.expected)
        let reader = PartyReader(country: "NL", lines: [(number: row.expected, country: "NL")])
        let call = AssistantRequest(
            callID: CallID("c-0001"), callType: "inbound_phone_call", caller: Party(row.input),
            called: Party(row.input),
            calledName: nil, dialect: .snakeCase, asSent: NumbersAsSent(caller: row.input, called: row.input))
        #expect(reader.read(call, by: Self.plan).caller == .number(row.expected), "as the caller")
        #expect(reader.read(call, by: Self.plan).called == .number(row.expected), "as the line")
    }

    @Test(arguments: SpelledNumber.countries) func numbersThatExistCostNoLookUp(country: String) throws {
        let number = try #require(Self.plan.example(in: country))
        #expect(number.isAsDialledAnywhere)
    }

    @Test(
        arguments: [
            Row("a remark", "0612345678 (work)", ["+31612345678"]), Row("a name", "(Jan) 0612345678", ["+31612345678"]),
            Row("a label", "Mob.: 06 12345678", ["+31612345678"]),
            Row("labels", "M: 0612345678 T: 020 1234567", ["+31612345678", "+31201234567"]),
            Row("or", "06-12345678 of 020-1234567", ["+31612345678", "+31201234567"]),
            Row("and", "06-12345678 & 020-1234567", ["+31612345678", "+31201234567"]),
            Row("a dash", "06-12345678 - 020-1234567", ["+31612345678", "+31201234567"]),
            Row("spaces", "0612345678  020 1234567", ["+31612345678", "+31201234567"]),
            Row("plus signs only", "+31612345678+31201234567", ["+31612345678", "+31201234567"]),
            Row("a plus sign and a national number", "+31612345678 0201234567", ["+31612345678", "+31201234567"]),
            Row("digits with their country codes", "31612345678 / 31201234567", ["+31612345678", "+31201234567"]),
            Row("a bullet", "+31612345678 \u{2022} +31201234567", ["+31612345678", "+31201234567"]),
            Row("a tag of HTML", "0612345678<br>0201234567", ["+31612345678", "+31201234567"]),
            Row("a fax is left out", "T 0201234567 Fax 0201234568", ["+31201234567"]),
            Row("a digit that is a letter", "06 1234567O", [nil]), Row("a vanity number", "1-800-FLOWERS", [nil]),
            Row("an order beside the number", "order 4711, 0612345678", [nil, "+31612345678"]),
            Row("a date beside the number", "0612345678 since 01-02-2026", [nil]), Row("a word", "see notes", [nil]),
            Row("a number that does not exist", "Jan 0600000000", [nil]),
        ] as [Row<String, [PhoneNumber?]>])
    func findsNumbersAmongWords(_ row: Row<String, [PhoneNumber?]>) {
        #expect(Self.plan.numbers(in: row.input, country: "NL").map(\.number) == row.expected, "row 18")
    }

    /// Whatever a cell says, each number that is found exists or is what the whole cell spells.
    @Test(arguments: UInt64(1)...4) func wordsAreNeverReadAsNumbers(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "06", "12345678", "0612345678", "+31", "+31201234567", " ", "-", "(", ")", "/", "x", "fax", "Jan", "&", ",",
        ]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 0..<10, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            for number in Self.plan.numbers(in: text, country: "NL").compactMap(\.number) {
                let digits = text.filter(\.isNumber)
                #expect(digits.contains(number.description.dropFirst(3)), "\(text)")
            }
        }
    }
}
