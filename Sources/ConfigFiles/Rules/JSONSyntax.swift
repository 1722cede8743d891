// SPDX-License-Identifier: Apache-2.0

/// Checks JSON as RFC 8259 has it, without building anything.
enum JSONSyntax {
    /// Returns what is wrong with the text of an object; `nil` when nothing is.
    static func problem(in bytes: [UInt8]) -> String? {
        var scanner = JSONScanner(bytes: bytes)
        scanner.skipSpace()
        guard scanner.next == UInt8(ascii: "{") else { return "it must begin with {" }
        guard scanner.scanValue(depth: 0) else { return "the slip is at character \(scanner.place)" }
        scanner.skipSpace()
        return scanner.next == nil ? nil : "something follows its end, at character \(scanner.place)"
    }
}
