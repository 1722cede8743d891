// SPDX-License-Identifier: Apache-2.0

/// Lays JSON out, one member per line; every token stays as it was written.
package enum PrettyJSON {
    /// Returns the lines of a document, or `nil` if it is not JSON.
    package static func lines(_ bytes: [UInt8]) -> [String]? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var page = Page()
        var tokenizer = JSONTokenizer(bytes)
        do throws(JSONTokenizer.SyntaxError) {
            while let token = try tokenizer.next() { page.add(token, of: bytes) }
        } catch {
            return nil
        }
        page.breakLine()
        return page.lines
    }

    private struct Page {
        private(set) var lines: [String] = []
        private var line: [UInt8] = []
        private var depth = 0
        private var previous: JSONTokenizer.Token?

        mutating func add(_ token: JSONTokenizer.Token, of bytes: [UInt8]) {
            let isFirst = previous.map { $0.kind == .objectStart || $0.kind == .arrayStart } ?? false
            switch (token.isEnd, isFirst) {
            case (true, true): break
            case (true, false): breakLine(indentedBy: -1)
            case (false, true): breakLine(indentedBy: 1)
            case (false, false):
                if previous != nil { line.append(UInt8(ascii: ",")) }
                breakLine()
            }
            if let key = token.key { line += bytes[key] + Array(": ".utf8) }
            line += bytes[token.range]
            previous = token
        }

        mutating func breakLine(indentedBy step: Int = 0) {
            if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
            depth += step
            line = Array(repeating: UInt8(ascii: " "), count: depth * 2)
        }
    }
}
