// SPDX-License-Identifier: Apache-2.0

import JSON
import TestSupport
import Testing

/// JSON as RFC 8259 defines it, and nothing else.
@Suite struct JSONReaderTests {
    @Test(arguments: [
        "0", "-0", "7", "-12", "1.5", "0.25", "-0.5", "1e9", "1E+9", "1e-9", "10.01e10",
        "123456789012345678901234567890",
    ])
    func aNumberKeepsItsText(_ text: String) {
        for json in ["{\"n\":\(text)}", "{\"n\": \(text) }", "{\"n\":[\(text),\(text)]}"] {
            let value = JSONReader.read(Array(json.utf8))?["n"]
            #expect(value == .number(text) || value == .array([.number(text), .number(text)]))
        }
    }

    @Test(arguments: [
        "", "-", "+1", "01", "-01", "00", "1.", ".5", "1.e5", "1e", "1e+", "1e+-5", "--1", "1-", "1+1", "0x1", "1..5",
        "1.5.5", "1e5e5", "NaN", "Infinity", "1_0", "\u{660}", "1 2", "e5",
    ])
    func whatIsNoNumberIsNoDocument(_ text: String) {
        #expect(JSONReader.read(Array("{\"n\":\(text)}".utf8)) == nil)
        #expect(JSONReader.read(Array("{\"n\":[\(text),1]}".utf8)) == nil)
        #expect(JSONReader.read(Array("{\"n\":\(text)".utf8)) == nil)
    }

    /// Compared with the expression that the standard's grammar comes to.
    @Test func numbersAreThoseOfTheStandard() {
        var generator = SeededGenerator(seed: 7)
        let characters = Array("0123459-+.eE")
        for _ in 0..<4000 {
            let length = Int.random(in: 1...7, using: &generator)
            let text = String((0..<length).map { _ in characters.randomElement(using: &generator) ?? "0" })
            let isNumber = text.wholeMatch(of: /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/) != nil
            #expect((JSONReader.read(Array("{\"n\":\(text)}".utf8)) != nil) == isNumber, "\(text)")
        }
    }
}
