// SPDX-License-Identifier: Apache-2.0

import Calls

/// A text with placeholders that are filled for each call.
package struct TextTemplate: Hashable, Sendable {
    package let pieces: [Piece]

    package init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// A text without placeholders.
    package init(literal text: String) {
        self.init(pieces: [.text(text)])
    }

    /// A piece of the text.
    package enum Piece: Hashable, Sendable {
        case text(String)
        case hole(Hole)
    }

    /// A placeholder, and what becomes of its value.
    package struct Hole: Hashable, Sendable {
        package let placeholder: Placeholder
        /// Applied to the value one after the other.
        package let filters: [TextFilter]
        /// The text to use when the call has no value, as it is written; `nil` where there is none.
        package let writtenFallback: String?
        /// Whether the text is percent-encoded, as inside a URL.
        package let isInURL: Bool

        package init(
            _ placeholder: Placeholder, filters: [TextFilter] = [], fallback: String? = nil, isInURL: Bool = false
        ) {
            self.placeholder = placeholder
            self.filters = filters
            writtenFallback = fallback
            self.isInURL = isInURL
        }

        /// The text to use when the call has no value.
        package var fallback: String { writtenFallback ?? "" }
    }

    /// Reads `{{caller.number}}`, `{{line.name|our desk}}` and `{{contact.name:first|there}}`; any other `{{...}}` passes
    /// through untouched.
    package init(parsing text: String, names: TextNames = TextNames()) {
        self.init(pieces: Self.pieces(of: text) { names.piece(for: WrittenPlaceholder($0)) })
    }

    /// The placeholders of a text as they are written, whether or not they can be filled.
    package static func placeholders(in text: String, names: TextNames) -> [WrittenPlaceholder] {
        var found: [WrittenPlaceholder] = []
        _ = pieces(of: text) { inside in
            let written = WrittenPlaceholder(inside)
            if !written.name.contains("{") { found.append(written) }
            return names.piece(for: written)
        }
        return found
    }

    /// Cuts a text at each `{{...}}` of which `piece` makes something, given what is between the braces.
    private static func pieces(of text: String, _ piece: (Substring) -> Piece?) -> [Piece] {
        var pieces: [Piece] = []
        var literal = ""
        var rest = Substring(text)
        while let opening = rest.firstRange(of: "{{") {
            literal += rest[..<opening.lowerBound]
            let tail = rest[opening.upperBound...]
            guard let closing = tail.firstRange(of: "}}"), let piece = piece(tail[..<closing.lowerBound]) else {
                // One brace only: a placeholder may begin with the next one.
                literal += "{"
                rest = rest[rest.index(after: opening.lowerBound)...]
                continue
            }
            rest = tail[closing.upperBound...]
            if case .text(let text) = piece {
                literal += text
                continue
            }
            if !literal.isEmpty { pieces.append(.text(literal)) }
            pieces.append(piece)
            literal = ""
        }
        literal += rest
        if !literal.isEmpty { pieces.append(.text(literal)) }
        return pieces
    }

    /// The placeholders that are filled for each call.
    package var holes: [Hole] { pieces.compactMap { if case .hole(let hole) = $0 { hole } else { nil } } }

    /// Whether nothing has to be filled.
    package var isLiteral: Bool {
        pieces.allSatisfy { if case .text = $0 { true } else { false } }
    }

    /// The text, where nothing has to be filled.
    package var literalText: String? {
        isLiteral ? pieces.map { if case .text(let text) = $0 { text } else { "" } }.joined() : nil
    }

    /// Whether a caller could hear nothing at all; `phrases` are those of the file.
    package func mayBeEmpty(_ phrases: [Phrase] = []) -> Bool {
        !pieces.contains { piece in
            switch piece {
            case .text(let text): text.contains { !$0.isWhitespace }
            case .hole(let hole): hole.isNeverEmpty(phrases)
            }
        }
    }

    /// The same text inside a URL: what fills it is percent-encoded, unless the URL begins with it.
    package var insideURL: TextTemplate {
        TextTemplate(
            pieces: pieces.enumerated().map { index, piece in
                guard index > 0, case .hole(let hole) = piece else { return piece }
                return .hole(
                    Hole(hole.placeholder, filters: hole.filters, fallback: hole.writtenFallback, isInURL: true))
            })
    }
}

extension TextTemplate.Hole {
    fileprivate func isNeverEmpty(_ phrases: [Phrase]) -> Bool {
        if fallback.contains(where: { !$0.isWhitespace }) { return true }
        guard case .phrase(let index) = placeholder, phrases.indices.contains(index) else { return false }
        return !phrases[index].mayBeEmpty(phrases)
    }
}

extension Substring {
    /// The first place of a text, without Foundation.
    fileprivate func firstRange(of needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            formIndex(after: &start)
        }
        return nil
    }
}
