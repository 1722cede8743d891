// SPDX-License-Identifier: Apache-2.0

import Calls
import PhoneNumbers
import TestSupport
import Testing

/// What `withheld_words` adds to the words for callers who hide their number.
@Suite struct WithheldWordTests {
    private static let reader = PartyReader(
        country: "NL", lines: [(number: "+31201234567", country: nil)],
        withheldWords: ["Geheim", "+31850000001", "0999"])

    @Test(
        "row 9: words and numbers of the file are withheld",
        arguments: [
            Row("the word", "Geheim", Party.withheld), Row("in other letters", "GEHEIM", .withheld),
            Row("with spaces around it", "  geheim ", .withheld),
            Row("as a display name", #""Geheim" <sip:x@carrier.invalid>"#, .withheld),
            Row("as a user", "sip:geheim@carrier.invalid", .withheld),
            Row("digits that are no number, as a user", "sip:0999@carrier.invalid", .withheld),
            Row("other digits", "sip:0998@carrier.invalid", .unusual("sip:0998@carrier.invalid")),
            Row("a number", "+31850000001", .withheld),
            Row("that number in its country", "085 000 0001", .withheld),
            Row("another number", "085 000 0002", .number("+31850000002")),
            Row("another word", "nobody", .unusual("nobody")),
        ] as [Row<String, Party>])
    func wordsOfTheFileAreWithheld(_ row: Row<String, Party>) {
        let party = Self.reader.caller(row.input, callingOn: .number("+31201234567"), by: NumberReadingTests.plan)
        #expect(party == row.expected)
    }
}
