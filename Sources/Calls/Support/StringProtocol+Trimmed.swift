// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
    /// The text without the white space at its ends.
    package var trimmed: SubSequence {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }
}
