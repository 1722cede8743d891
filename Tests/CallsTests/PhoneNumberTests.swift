// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct PhoneNumberTests {
    @Test(arguments: ["+31612345678", "+123", "+123456789012345", "+18005550100", "+999999999999999"])
    func E164IsReadAndWritten(_ text: String) {
        #expect(PhoneNumber(text)?.description == text)
        #expect(PhoneNumber(text)?.length == text.utf8.count - 1)
        #expect(Self.number(utf8: text) == PhoneNumber(text))
    }

    private static func number(utf8 text: String) -> PhoneNumber? {
        var text = text
        return text.withUTF8 { PhoneNumber(utf8: $0) }
    }

    @Test(arguments: [
        "+31612345678", "+310612345678", "+5215512345678", "+266696687", "anonymous", "Anonymous", "", "06 12345678",
        "tel:+31612345678", "0031612345678", "+", "n/a", "-", "sip:x@y",
    ])
    func aSentNumberIsReadAsItsText(_ text: String) {
        var utf8 = text
        let sent = utf8.withUTF8 { SentNumber(utf8: $0) }
        let odd = NumbersAsSent(caller: text, called: nil)
        #expect(NumbersAsSent.of(caller: sent, called: sent)?.caller == odd?.caller)
        #expect(sent.party == (odd == nil ? Party(text) : .unusual(text)))
    }

    @Test(arguments: [
        "", "+", "+1", "+12", "31612345678", "0031612345678", "+0612345678", "+31 6 12345678", "+31-612345678",
        "++31612345678", "+1234567890123456", "+3161234567a", "+３１612345678", "+31612345678\n", " +31612345678",
        "+31612345678\0", "tel:+31612345678", "+31(0)612345678", "＋31612345678", "+31612345678;ext=1",
        "+99999999999999999999999999",
    ])
    func anythingElseIsNoNumber(_ text: String) {
        #expect(PhoneNumber(text) == nil)
        #expect(Self.number(utf8: text) == nil)
    }

    @Test(arguments: [
        ("+31", true), ("+3", true), ("+316", true), ("+31612345678", true), ("+32", false), ("+13", false),
        ("+316123456789", false), ("+31612345679", false),
    ])
    func prefixesMatchFromTheFront(_ text: String, begins: Bool) throws {
        let number: PhoneNumber = "+31612345678"
        let prefix = try #require(PhonePrefix(text))
        #expect(number.begins(with: prefix) == begins)
    }

    @Test func theLongestNumberHasEachOfItsPrefixes() throws {
        let text = "+123456789012345"
        let number = try #require(PhoneNumber(text))
        for count in 2...16 {
            let prefix = try #require(PhonePrefix(text.prefix(count)))
            #expect(number.begins(with: prefix))
            #expect(prefix.description == text.prefix(count))
        }
    }

    @Test(arguments: ["", "+", "49", "+0", "+049", "+4 9", "+49*", "+1234567890123456", "-49"])
    func whateverIsNoPrefixIsNotMade(_ text: String) {
        #expect(PhonePrefix(text) == nil)
    }
}

@Suite struct NumberSearchTests {
    @Test(
        arguments: [
            ("06 1234 5678", "612345678"), ("0031 6 1234", "+3161234"), ("+31 (0)6 1234", "+3161234"),
            ("+310612345678", "+31612345678"), ("+39 06 1234", "+39061234"), ("+353 (0)86 123", "+35386123"),
            ("+31612345678", nil), ("12:30", nil), ("vip", nil),
        ] as [(String, String?)])
    func findsTheCommonPartOfSpellings(text: String, part: String?) {
        #expect(NumberSearch.part(spelled: text) == part, "row 4")
    }
}
