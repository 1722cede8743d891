// SPDX-License-Identifier: Apache-2.0

import Screen

/// The words of a full-width bar, in as many rows as it may take; what callers hear is cut before anything else is.
struct BarWords {
    let head: String
    /// What callers hear, if they hear anything.
    var quote: String?
    /// Since when and by whom.
    var tail = ""
    /// What is said where the rows of everything else have room for it.
    var caveat = ""
    let role: Role

    /// The words in rows, at most `most` of them.
    func rows(width: Int, most: Int, ellipsis: String) -> [Span] {
        let whole = words(quote)
        if let rows = fitting(whole, width: width, most: most) {
            return fitting(whole + caveat, width: width, most: rows.count) ?? rows
        }
        guard let quote else { return broken(whole, width: width, most: most, ellipsis: ellipsis) }
        var room = width * most - DisplayWidth.of(words(""))
        while room >= Self.leastQuote {
            let cut = words(CleanText.cut(quote, to: room, ellipsis: ellipsis))
            if let rows = fitting(cut, width: width, most: most) { return rows }
            room -= 1
        }
        return broken(head + "\"\(quote)\"", width: width, most: most, ellipsis: ellipsis)
    }

    /// With less of it than this, what callers hear matters more than since when they hear it.
    private static let leastQuote = 16

    private func words(_ quote: String?) -> String {
        head + (quote.map { "\"\($0)\"" } ?? "") + tail
    }

    private func fitting(_ text: String, width: Int, most: Int) -> [Span]? {
        let lines = TextWrap.lines(text, width: width, most: most + 1)
        return lines.count <= most ? lines.map { Span($0, role) } : nil
    }

    private func broken(_ text: String, width: Int, most: Int, ellipsis: String) -> [Span] {
        guard most > 1 else { return [Span(CleanText.cut(text, to: width, ellipsis: ellipsis), role)] }
        let first = TextWrap.lines(text, width: width, most: 1).first ?? ""
        let rest = CleanText.clean(text).dropFirst(first.count).drop { $0 == " " }
        return [Span(first, role), Span(CleanText.cut(String(rest), to: width, ellipsis: ellipsis), role)]
    }
}
