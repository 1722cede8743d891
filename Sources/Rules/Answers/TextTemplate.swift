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
        /// A placeholder, and the text to use when the call has no value for it.
        case hole(Placeholder, fallback: String)
    }

    /// Reads `{{caller.number}}` and `{{line.name|our desk}}`; any other `{{...}}` passes through untouched.
    package init(parsing text: String) {
        var pieces: [Piece] = []
        var literal = ""
        var rest = Substring(text)
        while let opening = rest.firstRange(of: "{{") {
            literal += rest[..<opening.lowerBound]
            let tail = rest[opening.upperBound...]
            guard let closing = tail.firstRange(of: "}}"), let hole = Self.hole(tail[..<closing.lowerBound]) else {
                // One brace only: a placeholder may begin with the next one.
                literal += "{"
                rest = rest[rest.index(after: opening.lowerBound)...]
                continue
            }
            if !literal.isEmpty { pieces.append(.text(literal)) }
            pieces.append(hole)
            literal = ""
            rest = tail[closing.upperBound...]
        }
        literal += rest
        if !literal.isEmpty { pieces.append(.text(literal)) }
        self.init(pieces: pieces)
    }

    /// Whether nothing has to be filled.
    package var isLiteral: Bool {
        pieces.allSatisfy { if case .text = $0 { true } else { false } }
    }

    /// Whether a caller could hear nothing at all.
    package var mayBeEmpty: Bool {
        !pieces.contains { piece in
            switch piece {
            case .text(let text): text.contains { !$0.isWhitespace }
            case .hole(_, let fallback): fallback.contains { !$0.isWhitespace }
            }
        }
    }

    private static func hole(_ inside: Substring) -> Piece? {
        let parts = inside.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, let placeholder = Placeholder(name: name.trimmed) else { return nil }
        return .hole(placeholder, fallback: parts.count > 1 ? String(parts[1]) : "")
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

/// What may be between `{{` and `}}` in a greeting, a rejection, a message or a raw answer.
package enum Placeholder: Hashable, Sendable {
    case callerNumber
    /// The country of the caller's number, such as `NL`.
    case callerCountry
    /// An attribute of the contact.
    case contact(String)
    case lineName
    case lineNumber
    case callID
    case timeHour
    /// A time in the words of the line's language.
    case moment(MomentPlaceholder)

    /// The names of those that are not attributes of a contact.
    package static let names =
        ["caller.number", "caller.country", "line.name", "line.number", "call.id", "time.hour"]
        + MomentPlaceholder.allCases.map(\.rawValue)

    /// What the names of a contact's attributes begin with.
    package static let contactPrefix = "contact."

    /// Reads the name inside the braces; `nil` for one that is not ours and passes through untouched.
    package init?(name: some StringProtocol) {
        switch name {
        case "caller.number": self = .callerNumber
        case "caller.country": self = .callerCountry
        case "line.name": self = .lineName
        case "line.number": self = .lineNumber
        case "call.id": self = .callID
        case "time.hour": self = .timeHour
        default:
            if let moment = MomentPlaceholder(rawValue: String(name)) {
                self = .moment(moment)
                return
            }
            let attribute = name.dropFirst(Self.contactPrefix.count)
            guard name.hasPrefix(Self.contactPrefix), !attribute.isEmpty else { return nil }
            self = .contact(String(attribute))
        }
    }
}
