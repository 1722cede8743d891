// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct NumberTracesTests {
    @Test(arguments: [
        Row("E.164", "call +31612345678 back", true), Row("without the plus", "31612345678", true),
        Row("with zeros in front", "0031612345678", true), Row("national", "0612345678", true),
        Row("without anything", "612345678", true), Row("in groups", "+31 6 12-34-56-78", true),
        Row("with a zero after the code", "+31(0)612345678", true), Row("with both", "+310612345678", true),
        Row("escaped", #"\u002b31612345678"#, true), Row("in an id", "call-_+31612345678_ab12", true),
        Row("after a time, in an id", "call-1731612345678", true),
        Row("a count behind it", "+31612345678 2 times", true),
        Row("a longer number", "+3161234567812", false), Row("a longer number, national", "061234567812", false),
        Row("another country code", "+32612345678", false), Row("another, which is longer", "+4931612345678", false),
        Row("these digits as a number of their own", "+612345678", false), Row("in a longer run", "9612345678", false),
        Row("in a longer run of another script", "９６１２３４５６７８", false),
        Row("a digit of another script behind it", "612345678９", false),
        Row("in a list of other numbers", "[6,12,34,56,78]", false), Row("far apart", "06 - - - 12345678", false),
        Row("words between", "6 of 12345678", false),
    ])
    func aNumberIsFound(_ row: Row<String, Bool>) {
        let traces = NumberTraces(of: "+31612345678")
        #expect(traces.isIn(Array(row.input.utf8)) == row.expected)
        #expect((traces.replacing(row.input, by: "x") != row.input) == row.expected)
    }

    @Test(arguments: [
        Row("a blank without a break", "+31 6\u{A0}1234\u{A0}5678", "+31 0\u{A0}0000\u{A0}0000"),
        Row("a dash without a break", "06\u{2011}12345678", "00\u{2011}00000000"),
        Row("a wide dash", "06 \u{2013} 1234 5678", "00 \u{2013} 0000 0000"),
        Row("narrow blanks", "06\u{202F}1234\u{2009}5678", "00\u{202F}0000\u{2009}0000"),
        Row("a minus sign", "06\u{2212}12345678", "00\u{2212}00000000"),
        Row("a blank without width", "+31612345\u{200B}678", "+31000000\u{200B}000"),
        Row("full width", "０６１２３４５６７８", "００００００００００"),
        Row("full width, international", "＋３１６１２３４５６７８", "＋３１０００００００００"),
        Row("Arabic", "٠٦١٢٣٤٥٦٧٨", "٠٠٠٠٠٠٠٠٠٠"), Row("a line break", "06 1234\n5678", "00 0000\n0000"),
        Row("underscores", "06_1234_5678", "00_0000_0000"), Row("commas", "06, 1234, 5678", "00, 0000, 0000"),
        Row("dashes with blanks", "06 - 1234 - 5678", "00 - 0000 - 0000"),
        Row("dots", "06...12345678", "00...00000000"),
        Row("escaped in JSON", #"06\u00a01234\n5678"#, #"00\u00a00000\n0000"#),
        Row("escaped digits", #"06\uff112345678"#, #"00\uff100000000"#),
    ])
    func whateverIsBetweenItsDigits(_ row: Row<String, String>) {
        let traces = NumberTraces(of: "+31612345678")
        #expect(traces.isIn(Array(row.input.utf8)))
        #expect(traces.replacing(row.input, by: "x") == row.expected)
    }

    /// Numbers of others stay what they are, however much of them is the same.
    @Test(
        arguments: [
            ("+494011122", "+49401112233"), ("+4930123456", "+49301234567"), ("+3165550", "+31655501234"),
        ] as [(PhoneNumber, String)])
    func theNumberOfSomebodyElseStays(forgotten: PhoneNumber, other: String) {
        #expect(NumberTraces(of: forgotten).replacing("customer \(other) waits", by: "x") == "customer \(other) waits")
        #expect(NumberTraces(of: forgotten).replacing("\(forgotten)", by: "x") == "x")
    }
}
