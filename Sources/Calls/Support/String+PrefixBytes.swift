// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The beginning of a text, in a copy of its own; a character that is cut is left out.
    package func prefix(bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        var end = utf8.index(startIndex, offsetBy: bytes)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
