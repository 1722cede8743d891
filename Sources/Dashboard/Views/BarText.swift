// SPDX-License-Identifier: Apache-2.0

import Screen

/// The words of a full-width bar, in as many rows as it may take; what callers hear is cut before anything else is.
struct BarText: Hashable {
    let head: String
    /// What callers hear, if they hear anything.
    var quote: String?
    /// Why, since when and by whom.
    var tail = ""
    /// The same where there is no room for all of it.
    var shortTail = ""
    /// What is said where the rows of everything else have room for it.
    var caveat = ""
    let role: Role
    /// With fewer columns of it than this, what callers hear matters more than the tail.
    var leastQuote = 16

    /// Everything in one sentence.
    var whole: String { words(quote, tail) }

    /// The words in rows, at most `most` of them.
    func rows(width: Int, most: Int, ellipsis: String) -> [Span] {
        if let rows = fitting(whole, width: width, most: most) {
            return fitting(whole + caveat, width: width, most: rows.count) ?? rows
        }
        for tail in [tail, shortTail, ""] {
            if let rows = cut(before: tail, width: width, most: most, ellipsis: ellipsis) { return rows }
        }
        return broken(words(quote, ""), width: width, most: most, ellipsis: ellipsis)
    }

    /// The words with as much of what callers hear as there is room for before a tail, if that is enough of it.
    private func cut(before tail: String, width: Int, most: Int, ellipsis: String) -> [Span]? {
        guard let quote else { return fitting(words(nil, tail), width: width, most: most) }
        var room = width * most - DisplayWidth.of(words("", tail))
        let least = min(leastQuote, DisplayWidth.of(quote))
        while room >= least {
            let cut = words(CleanText.cut(quote, to: room, ellipsis: ellipsis), tail)
            if let rows = fitting(cut, width: width, most: most) { return rows }
            room -= 1
        }
        return nil
    }

    private func words(_ quote: String?, _ tail: String) -> String {
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
