// SPDX-License-Identifier: Apache-2.0

/// Hides telephone numbers in texts: only their last three digits stay.
package enum NumberMask {
    /// The least digits of a number, unless a plus sign is in front.
    private static let fewest = 7
    private static let fewestAfterPlus = 3
    /// This many digits without a break are hidden in the middle of a word too, such as an id made of a number.
    private static let fewestInWord = 9
    private static let kept = 3

    /// The text with each number as `***678`.
    package static func masked(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { digit($0) != nil }) else { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var at = 0
        while at < scalars.count {
            let isDigit = digit(scalars[at]) != nil
            guard isDigit || plus.contains(scalars[at]) else {
                result.append(scalars[at])
                at += 1
                continue
            }
            if let end = date(scalars, at) {
                result.append(contentsOf: scalars[at..<end])
                at = end
                continue
            }
            let run = run(scalars, at)
            let end = run.range.upperBound
            let isAtLetter = end < scalars.count && isLetter(scalars[end])
            result.append(
                contentsOf: shown(
                    run, of: scalars, afterLetter: at > 0 && isLetter(scalars[at - 1]), beforeLetter: isAtLetter))
            at = run.range.upperBound
        }
        return String(result)
    }

    /// A row of columns with as many stars as digits are hidden, so that it keeps its width.
    package static func masked(row: String) -> String {
        var scalars = Array(row.unicodeScalars)
        for place in hidden(in: scalars) { scalars[place] = "*" }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    /// The places of a row of a screen whose digits have to be hidden.
    ///
    /// In a row, columns lie next to each other, so only what is certainly a number is one: digits after a plus sign, seven and
    /// more without a break, or digits that begin with a zero and have single separators.
    package static func hidden(in row: [Unicode.Scalar]) -> [Int] {
        var hidden: [Int] = []
        var at = 0
        while at < row.count {
            guard digit(row[at]) != nil || plus.contains(row[at]) else {
                at += 1
                continue
            }
            if let end = date(row, at) {
                at = end
                continue
            }
            let (places, longest, isSplit) = digits(of: row, from: at)
            let end = max(at + 1, (places.last ?? at) + 1)
            let isInWord = (at > 0 && isLetter(row[at - 1])) || (end < row.count && isLetter(row[end]))
            let isNumber =
                plus.contains(row[at])
                ? places.count >= fewestAfterPlus
                : longest >= (isInWord ? fewestInWord : fewest)
                    || (isSplit && row[at] == "0" && places.count >= fewest && !isInWord)
            if isNumber { hidden += places.dropLast(places.count > 2 * kept ? kept : places.count / 2) }
            at = end
        }
        return hidden
    }

    /// The places of the digits that begin here, how many of them are without a break, and whether there is a break.
    private static func digits(of row: [Unicode.Scalar], from start: Int) -> ([Int], longest: Int, isSplit: Bool) {
        let hasPlus = plus.contains(row[start])
        var places: [Int] = []
        var (at, unbroken, longest, isSplit) = (hasPlus ? start + 1 : start, 0, 0, false)
        while at < row.count {
            if digit(row[at]) != nil {
                places.append(at)
                unbroken += 1
                longest = max(longest, unbroken)
                at += 1
                continue
            }
            // What follows many digits in a row is another column, and so is what follows a gap.
            guard unbroken < fewest, isSeparator(row[at]), hasPlus || row[at] != "." else { break }
            let next = row[at] == ")" && at + 1 < row.count && row[at + 1] == " " ? at + 2 : at + 1
            guard next < row.count, digit(row[next]) != nil, date(row, next) == nil else { break }
            (at, unbroken, isSplit) = (next, 0, true)
        }
        return (places, longest, isSplit)
    }

    /// Digits with what people write between them.
    private struct Run {
        var range: Range<Int>
        var digits: [Unicode.Scalar] = []
        /// The most digits without a break.
        var longest = 0
        var hasPlus = false
    }

    private static func run(_ scalars: [Unicode.Scalar], _ start: Int) -> Run {
        var run = Run(range: start..<start + 1, hasPlus: plus.contains(scalars[start]))
        var (at, unbroken, gap) = (run.hasPlus ? start + 1 : start, 0, 0)
        while at < scalars.count, gap < 4 {
            if let digit = digit(scalars[at]) {
                // A date after a number is not part of it.
                if gap > 0, date(scalars, at) != nil { break }
                run.digits.append(digit)
                (unbroken, gap) = (unbroken + 1, 0)
                run.longest = max(run.longest, unbroken)
                run.range = start..<at + 1
            } else if isSeparator(scalars[at]) {
                (unbroken, gap) = (0, gap + 1)
            } else {
                break
            }
            at += 1
        }
        return run
    }

    private static func shown(
        _ run: Run, of scalars: [Unicode.Scalar], afterLetter: Bool, beforeLetter: Bool
    ) -> String.UnicodeScalarView {
        let least = run.hasPlus ? fewestAfterPlus : afterLetter || beforeLetter ? fewestInWord : fewest
        let count = afterLetter ? run.longest : run.digits.count
        var shown = String.UnicodeScalarView()
        guard count >= least else {
            shown.append(contentsOf: scalars[run.range])
            return shown
        }
        shown.append(contentsOf: "***".unicodeScalars)
        shown.append(contentsOf: run.digits.suffix(run.digits.count > 2 * kept ? kept : run.digits.count / 2))
        return shown
    }

    /// Where a date such as `2026-07-01` ends, if there is one.
    private static func date(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
        let pattern = Array("0000-00-00".unicodeScalars)
        guard scalars.count - start >= pattern.count, start == 0 || digit(scalars[start - 1]) == nil else { return nil }
        let end = start + pattern.count
        for (scalar, wanted) in zip(scalars[start..<end], pattern) {
            guard wanted == "-" ? scalar == "-" : digit(scalar) != nil else { return nil }
        }
        guard scalars[start] == "1" || scalars[start] == "2" else { return nil }
        return end < scalars.count && (digit(scalars[end]) != nil || scalars[end] == "-") ? nil : end
    }

    private static let plus: Set<Unicode.Scalar> = ["+", "\u{FF0B}", "\u{FE62}"]

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        " -./()\u{A0}\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{202F}\u{2009}".unicodeScalars.contains(scalar)
            || scalar.properties.generalCategory == .format
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

    /// The digit, of any script.
    private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if scalar.isASCII { return ("0"..."9").contains(scalar) ? scalar : nil }
        guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return nil }
        return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
    }
}
