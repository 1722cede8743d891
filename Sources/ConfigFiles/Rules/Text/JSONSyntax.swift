// SPDX-License-Identifier: Apache-2.0

import JSON

/// Says where a text is not a JSON object.
enum JSONSyntax {
    /// Returns what is wrong with the text of an object; `nil` if nothing is.
    static func problem(in bytes: [UInt8]) -> String? {
        var tokenizer = JSONTokenizer(bytes)
        do throws(JSONTokenizer.SyntaxError) {
            guard bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") else {
                return "it must begin with {"
            }
            while try tokenizer.next() != nil {}
            return nil
        } catch {
            let text = String(decoding: bytes[..<error.offset], as: UTF8.self)
            let place = "at character \(text.unicodeScalars.count + 1)"
            return error.isAfterEnd ? "unexpected text after the object \(place)" : "syntax error \(place)"
        }
    }
}
