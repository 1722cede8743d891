// SPDX-License-Identifier: Apache-2.0

/// The text of a configuration file.
enum SourceText {
    /// How large a file may be; a larger one is surely the wrong file.
    static let byteLimit = 1 << 20

    /// What ends a line for YAML 1.1; a carriage return before a line feed belongs to it.
    static let lineEnds: Set<Unicode.Scalar> = ["\n", "\u{85}", "\u{2028}", "\u{2029}"]

    /// Decodes the bytes of a file, or reports why they are no text.
    static func decode(_ bytes: [UInt8], into findings: inout Diagnostics) -> String? {
        guard bytes.count <= byteLimit else {
            findings.error("the file is larger than 1 MiB; is it the right one?", at: .start)
            return nil
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            findings.error("the file is not UTF-8 text; save it as UTF-8", at: firstInvalid(in: content))
            return nil
        }
        return text
    }

    /// Returns the place of the first byte that is no UTF-8.
    private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> SourcePosition {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var line = 1
        var column = 1
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return SourcePosition(line: line, column: column)
    }
}
