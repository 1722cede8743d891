// SPDX-License-Identifier: Apache-2.0

import Screen

extension Grid {
    /// Writes text, and the places where it holds the query in the role of a match; returns whether there are any.
    mutating func write(
        _ text: String, marking query: SearchText, row: Int, column: Int, width: Int, as role: Role
    ) -> Bool {
        let spans = query.spans(in: text, as: role)
        write(StyledLine(spans), row: row, column: column, width: width)
        return spans.contains { $0.role == .match }
    }
}

extension SearchText {
    /// The text in pieces, those that hold the query in the role of a match.
    fileprivate func spans(in text: String, as role: Role) -> [Span] {
        let characters = Array(text)
        var spans: [Span] = []
        var plain = ""
        var index = 0
        while index < characters.count {
            guard let length = matchLength(characters[index...]) else {
                plain.append(characters[index])
                index += 1
                continue
            }
            spans += [Span(plain, role), Span(String(characters[index..<index + length]), .match)]
            plain = ""
            index += length
        }
        return spans + [Span(plain, role)]
    }

    /// How many characters hold the query from here on, if they do.
    private func matchLength(_ characters: ArraySlice<Character>) -> Int? {
        var piece = ""
        for (length, character) in characters.enumerated() {
            piece.append(character)
            let folded = SearchText(piece)
            if folded == self { return length + 1 }
            guard begins(with: folded) else { return nil }
        }
        return nil
    }
}
