// SPDX-License-Identifier: Apache-2.0

import Screen

/// Breaks text into lines that fit a width.
enum TextWrap {
    /// Breaks cleaned text at blanks, and a word that is longer than a line anywhere.
    static func lines(_ text: String, width: Int, most: Int = 500) -> [String] {
        let width = max(2, width)
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in CleanText.clean(text).split(separator: " ", omittingEmptySubsequences: false) {
            let wordWidth = DisplayWidth.of(String(word))
            if used > 0, used + 1 + wordWidth <= width {
                line += " " + word
                used += 1 + wordWidth
                continue
            }
            if used > 0 { lines.append(line) }
            guard lines.count < most else { return lines }
            lines += broken(word, width: width, most: max(1, most - lines.count))
            line = lines.popLast() ?? ""
            used = DisplayWidth.of(line)
        }
        return used > 0 || lines.isEmpty ? lines + [line] : lines
    }

    /// Breaks text where a line is full; blanks stay as they are.
    static func broken(_ text: some StringProtocol, width: Int, most: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for character in text {
            let step = DisplayWidth.of(String(character))
            if used + step > width {
                lines.append(line)
                guard lines.count < most else { return lines }
                line = ""
                used = 0
            }
            line.append(character)
            used += step
        }
        return lines + [line]
    }
}
