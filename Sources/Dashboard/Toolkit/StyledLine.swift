// SPDX-License-Identifier: Apache-2.0

import Screen

/// Text of one role.
struct Span: Hashable, Sendable {
    let text: String
    let role: Role

    init(_ text: String, _ role: Role) {
        self.text = text
        self.role = role
    }
}

/// Text of several roles, one after the other.
struct StyledLine: Hashable, Sendable {
    private(set) var spans: [Span]

    init(_ spans: [Span]) {
        self.spans = spans
    }

    init(_ text: String, _ role: Role) {
        spans = [Span(text, role)]
    }

    var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

    /// The line followed by another one.
    func appending(_ line: StyledLine) -> StyledLine {
        StyledLine(spans + line.spans)
    }

    /// The line with blanks up to a width.
    func padded(to width: Int) -> StyledLine {
        appending(StyledLine(String(repeating: " ", count: max(0, width - self.width)), .text))
    }

    /// Replaces the line's leading blanks by a span.
    mutating func replaceIndent(with head: Span) {
        guard let first = spans.first else { return }
        let blanks = first.text.prefix { $0 == " " }.count
        let width = DisplayWidth.of(head.text)
        let gap = String(repeating: " ", count: max(0, blanks - width))
        spans[0] = Span(gap + first.text.dropFirst(blanks), first.role)
        spans.insert(head, at: 0)
    }
}

extension Grid {
    /// Writes a line and returns its columns.
    @discardableResult
    mutating func write(_ line: StyledLine, row: Int, column: Int, width: Int? = nil) -> Int {
        let end = column + (width ?? max(0, size.columns - column))
        var at = column
        for span in line.spans where at < end {
            at += write(span.text, row: row, column: at, width: end - at, as: span.role)
        }
        return at - column
    }
}

extension StyledLine {
    /// The line with an ellipsis where the width ends.
    func cut(to width: Int, glyphs: Glyphs) -> StyledLine {
        guard self.width > width else { return self }
        var room = max(0, width)
        return StyledLine(
            spans.map { span in
                let text = CleanText.cut(span.text, to: room, ellipsis: glyphs.ellipsis)
                // Nothing follows a span that was cut.
                let isWhole = DisplayWidth.of(span.text) <= room
                room = isWhole ? room - DisplayWidth.of(span.text) : 0
                return Span(text, span.role)
            })
    }
}
