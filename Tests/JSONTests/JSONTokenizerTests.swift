// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSON
import TestSupport
import Testing

/// The one grammar of JSON, compared with Foundation's, and what is built on it.
@Suite struct JSONTokenizerTests {
    private static let samples = [
        #"{"a":[1,-0,2.50e+3,"\u00e9\ud83d\ude00\n"],"b":{"c":{},"d":[]},"e":null,"f":true,"g":false}"#,
        "{ \"k\" : [ [ ] , { } ,\r\n\t\"x\" ] }", "[]", "{}", "\"\\u0041\"", "12", "{\"a\":1,\"a\":2}",
        #"{"répondeur":"東京 👩‍👩‍👧","\"\\\/\b\f\n\r\t":0.1}"#,
    ]

    /// The samples with a few bytes replaced, removed, doubled or added.
    private static func mutations(_ count: Int) -> [[UInt8]] {
        var generator = SeededGenerator(seed: 11)
        let pieces = Array("{}[]\",:\\u0123eE+-. \ntruefalsn\u{1}é".utf8)
        return (0..<count).map { number in
            var bytes = Array(samples[number % samples.count].utf8)
            for _ in 0..<Int.random(in: 0...3, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                switch Int.random(in: 0...3, using: &generator) {
                case 0: bytes[place] = piece
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[place], at: place)
                default: bytes.insert(piece, at: place)
                }
            }
            return bytes
        }
    }

    /// Whether the tokenizer takes the bytes as one value.
    private static func takes(_ bytes: [UInt8]) -> Bool {
        var tokenizer = JSONTokenizer(bytes)
        do throws(JSONTokenizer.SyntaxError) {
            while try tokenizer.next() != nil {}
            return true
        } catch {
            #expect((0...bytes.count).contains(error.offset))
            return false
        }
    }

    private static func foundation(_ bytes: [UInt8]) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    }

    @Test func takesWhatFoundationTakes() {
        for bytes in Self.mutations(3000) where String(validating: bytes, as: UTF8.self) != nil {
            let text = String(decoding: bytes, as: UTF8.self)
            // Foundation refuses half a surrogate pair, which the reader replaces, and takes a comma at the end of a list.
            guard !text.contains("\\ud"), text.firstMatch(of: /,\s*\]/) == nil else { continue }
            #expect(Self.takes(bytes) == (Self.foundation(bytes) != nil), "\(text)")
        }
    }

    @Test func readsTheSameValueAsFoundation() throws {
        for bytes in Self.mutations(1500) {
            guard let value = JSONReader.read(bytes), let theirs = Self.foundation(bytes) else { continue }
            let again = try #require(Self.foundation(value.bytes))
            #expect((again as? NSDictionary) == (theirs as? NSDictionary), "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func isLaidOutWithoutChangingAToken() {
        for bytes in Self.mutations(1500) {
            guard let lines = PrettyJSON.lines(bytes) else { continue }
            #expect(Self.tokens(Array(lines.joined(separator: "\n").utf8)) == Self.tokens(bytes))
        }
    }

    private static func tokens(_ bytes: [UInt8]) -> [String] {
        var tokenizer = JSONTokenizer(bytes)
        var tokens: [String] = []
        do throws(JSONTokenizer.SyntaxError) {
            while let token = try tokenizer.next() {
                if let key = token.key { tokens.append(String(decoding: bytes[key], as: UTF8.self)) }
                tokens.append(String(decoding: bytes[token.range], as: UTF8.self))
            }
        } catch {
            tokens.append("\(error)")
        }
        return tokens
    }

    static let errors = [
        Row("nothing", "", 0), Row("a value is missing", "{\"a\":}", 5), Row("a key is missing", "{,}", 1),
        Row("a colon is missing", "{\"a\" 1}", 5), Row("a comma is missing", "[1 2]", 3),
        Row("the last comma", "[1,]", 3), Row("a word", "[tru]", 1), Row("a control character", "[\"a\n\"]", 3),
        Row("an escape", "[\"\\x\"]", 4), Row("the digits of an escape", "[\"\\u12g4\"]", 4),
        Row("digits after the point", "[1.]", 3), Row("the end", "{\"a\":[1", 7), Row("the other bracket", "[1}", 2),
        Row("a leading zero", "[01]", 2), Row("after the end", "{} {}", 3),
    ]

    @Test(arguments: errors) func namesTheByteThatDoesNotFit(_ row: Row<String, Int>) {
        var tokenizer = JSONTokenizer(Array(row.input.utf8))
        do throws(JSONTokenizer.SyntaxError) {
            while try tokenizer.next() != nil {}
            Issue.record("was taken")
        } catch {
            #expect(error.offset == row.expected)
            #expect(error.isAfterEnd == (row.name == "after the end"))
        }
    }

    @Test func valuesAreNestedToADepthThatAnyStackBears() {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(Self.takes(nested(JSONTokenizer.deepest)))
        #expect(!Self.takes(nested(JSONTokenizer.deepest + 1)))
        #expect(!Self.takes(nested(100_000)))
    }

    @Test func oneMemberIsOneLine() {
        let json = #"{ "a":[1.50,{}],"b" : { "c":"x" },"d":[ ] }"#
        #expect(
            PrettyJSON.lines(Array(json.utf8)) == [
                "{", "  \"a\": [", "    1.50,", "    {}", "  ],", "  \"b\": {", "    \"c\": \"x\"", "  },",
                "  \"d\": []", "}",
            ])
        #expect(PrettyJSON.lines(Array("7".utf8)) == ["7"])
        #expect(PrettyJSON.lines(Array("{\"a\":1} x".utf8)) == nil)
        #expect(PrettyJSON.lines([0x22, 0xFF, 0x22]) == nil)
    }
}
