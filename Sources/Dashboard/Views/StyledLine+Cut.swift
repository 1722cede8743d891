// SPDX-License-Identifier: Apache-2.0

import Screen

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
