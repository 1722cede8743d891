// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct NumberSpellingsTests {
    @Test(arguments: [
        Row("plain", "+31612345678", "+31000000000"),
        Row("two zeros, blanks", "0031 6 12 34 56 78", "0031 0 00 00 00 00"),
        Row("a dash", "06-12345678", "00-00000000"),
        Row("brackets, dots", "+31 (0)6.1234.5678", "+31 (0)0.0000.0000"),
        Row("wide blanks", "6\u{A0}1234\u{202F}5678", "0\u{A0}0000\u{202F}0000"),
        Row("a wide dash", "06\u{2011}12345678", "00\u{2011}00000000"),
        Row("a spreadsheet", "3.1612345678E10", "3.1000000000E10"),
        Row("Arabic", "٦١٢٣٤٥٦٧٨", "٠٠٠٠٠٠٠٠٠"),
        Row("full width", "６１２３４５６７８", "０００００００００"),
        Row("twice", "x 0612345678 0612345678", "x 0000000000 0000000000"),
        Row("after another", "0687654321, 0612345678", "0687654321, 0000000000"),
        Row("after digits", "99 99 99 0612345678", "99 99 99 0000000000"),
    ])
    func digitsBecomeZerosHoweverTheyAreSpelled(row: Row<String, String>) {
        let (text, count) = NumberSpellings(of: "+31612345678").blanking(Array(row.input.utf8))
        #expect(String(decoding: text, as: UTF8.self) == row.expected)
        #expect(count > 0)
    }

    @Test(arguments: [
        "+31612345679", "0612,345678", "06123456\n78", "061234 by 5678", "", "6", "1234567812345678",
        "06123          45678",
    ])
    func anythingElseStays(text: String) {
        let (blanked, count) = NumberSpellings(of: "+31612345678").blanking(Array(text.utf8))
        #expect(String(decoding: blanked, as: UTF8.self) == text)
        #expect(count == 0)
    }

    @Test func utf16IsRead() {
        let text = "Jan;0612345678\r\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let (blanked, count) = NumberSpellings(of: "+31612345678").blanking(text)
        #expect(count == 1)
        #expect(blanked.count == text.count)
        #expect(!blanked.filter { $0 > 0 }.contains(UInt8(ascii: "6")))
    }

    @Test(arguments: [
        Row("Belgium", "+3221234567", "02 123 45 67"), Row("Canada", "+15551234567", "(555) 123-4567"),
        Row("Ireland", "+35312345678", "01 234 5678"),
    ])
    func theCountryCodeIsLeftOutWhereverTheNumberIsFrom(row: Row<PhoneNumber, String>) {
        #expect(NumberSpellings(of: row.input).blanking(Array(row.expected.utf8)).count == 1)
    }
}
