// SPDX-License-Identifier: Apache-2.0

import JSON
import Foundation
import TestSupport
import Testing

@Suite struct JSONWriterTests {
    @Test(
        arguments: [
            (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (-7, "-7"), (.number("1.50e+3"), "1.50e+3"),
            ("", "\"\""), ([], "[]"), ([:], "{}"), ([1, [nil], "a"], #"[1,[null],"a"]"#),
            (["b": 1, "a": ["c": []]], #"{"b":1,"a":{"c":[]}}"#), (["a\"b": nil], #"{"a\"b":null}"#),
            (.integer(UInt64.max), "18446744073709551615"),
        ] as [(JSONValue, String)])
    func aDocumentIsWrittenCompactlyAndInOrder(_ value: JSONValue, text: String) {
        #expect(value.text == text)
    }

    @Test(arguments: [
        ("plain", "plain"), ("\"", #"\""#), ("\\", #"\\"#), ("/", "/"), ("\n\r\t", #"\n\r\t"#),
        ("\u{0}\u{1}\u{1F}\u{7F}", #"\u0000\u0001\u001f\u007f"#), ("\u{8}\u{C}", #"\u0008\u000c"#),
        ("café 📞 受付", "café 📞 受付"), ("\u{2028}\u{9B}", #"\u2028\u009b"#), ("£ © – é", "£ © – é"),
        ("a\u{202E}b\u{2066}\u{200F}\u{61C}", #"a\u202eb\u2066\u200f\u061c"#), ("{{schema}}", "{{schema}}"),
    ])
    func stringsAreEscapedWhereTheyMustBe(_ text: String, escaped: String) {
        #expect(String(decoding: Self.escaped(text), as: UTF8.self) == escaped)
        #expect(JSONValue.string(text).text == "\"" + escaped + "\"")
    }

    @Test func aCharacterIsEscapedAnywhere() {
        let plain = "0123456789abcdefghi"
        for scalar in (Array(0...0x700) + Array(0x2000...0x2070)).compactMap(Unicode.Scalar.init) + [
            "\u{FEFF}", "\u{10FFFF}",
        ] {
            let alone = Self.escaped(String(scalar))
            for place in 0...plain.count {
                let (front, back) = (plain.prefix(place), plain.dropFirst(place))
                let text = front + String(scalar) + back
                #expect(Self.escaped(String(text)) == front.utf8 + alone + back.utf8, "\(scalar.value) at \(place)")
            }
        }
    }

    private static func escaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(escaping: text, to: &bytes)
        return bytes
    }

    @Test func everyScalarSurvivesAForeignReader() throws {
        let scalars = (0...0x3000).compactMap(Unicode.Scalar.init) + ["\u{FEFF}", "\u{FFFF}", "\u{10FFFF}"]
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        let read = try JSONDecoder().decode([String].self, from: Data(JSONValue.array([.string(text)]).bytes))
        #expect(read.first.map { Array($0.unicodeScalars) } == scalars)
    }

    @Test func aKeyIsLookedUpAsItsLastValue() {
        let value: JSONValue = .object([.init("a", 1), .init("b", "x"), .init("a", 2)])
        #expect(value["a"] == 2)
        #expect(value["b"]?.string == "x")
        #expect(value["c"] == nil)
        #expect(JSONValue.array([])["a"] == nil)
        #expect(value["a"]?.string == nil)
    }
}
