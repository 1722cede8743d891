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
    ])
    func aNumberIsFound(_ row: Row<String, Bool>) {
        let traces = NumberTraces(of: "+31612345678")
        #expect(traces.isIn(Array(row.input.utf8)) == row.expected)
        #expect((traces.replacing(row.input, by: "x") != row.input) == row.expected)
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
