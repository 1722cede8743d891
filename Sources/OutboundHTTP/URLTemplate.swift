// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts

/// A URL with `{number}` and `{line}` in it, which are filled in for each call.
///
/// Every character that a URL may not contain is percent-encoded once, when the template is made: the HTTP client would
/// encode a URL with any such character as a whole, and what is encoded already a second time.
struct URLTemplate: Sendable {
    private enum Piece: Sendable {
        case literal(String)
        case number
        case line
    }

    private let pieces: [Piece]

    init(_ text: String) {
        let start = URLEncoding.pathStart(of: text)
        var pieces = [Piece.literal(String(text[..<start]))]
        var rest = text[start...]
        while let hole = Self.firstHole(in: rest) {
            pieces += [.literal(URLEncoding.encoded(rest[..<hole.range.lowerBound])), hole.piece]
            rest = rest[hole.range.upperBound...]
        }
        self.pieces = pieces + [.literal(URLEncoding.encoded(rest))]
    }

    private static func firstHole(in text: Substring) -> (range: Range<String.Index>, piece: Piece)? {
        holes.compactMap { hole in text.firstRange(of: hole.text).map { ($0, hole.piece) } }
            .min { $0.0.lowerBound < $1.0.lowerBound }
    }

    private static let holes: [(text: String, piece: Piece)] = [("{number}", .number), ("{line}", .line)]

    /// Whether the URL depends on the called line.
    var asksForLine: Bool {
        pieces.contains { if case .line = $0 { true } else { false } }
    }

    /// The URL for a call; without a called number its place stays empty.
    func url(for query: ContactQuery) -> String {
        var url = ""
        for piece in pieces {
            switch piece {
            case .literal(let text): url += text
            case .number: url += Self.text(query.number)
            case .line: url += query.line.map(Self.text) ?? ""
            }
        }
        return url
    }

    /// A plus sign in a query decodes as a space, so it is always encoded.
    private static func text(_ number: PhoneNumber) -> String { "%2B\(number.digits)" }
}

/// Percent-encoding of what a URL may not contain (RFC 3986).
enum URLEncoding {
    /// The URL with every character percent-encoded that may not be in it; what is encoded already stays.
    static func encoded(_ url: String) -> String {
        let start = pathStart(of: url)
        return url[..<start] + encoded(url[start...])
    }

    /// A part of a path or query, percent-encoded.
    fileprivate static func encoded(_ part: Substring) -> String {
        var rest = part.unicodeScalars
        var text = ""
        while let next = rest.popFirst() { text += encoded(next, before: rest) }
        return text
    }

    /// Where the path or the query begins: the host has rules of its own.
    static func pathStart(of url: String) -> String.Index {
        guard let scheme = url.firstRange(of: "://") else { return url.startIndex }
        return url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
    }

    /// A byte as a percent sign and two hexadecimal digits.
    static func escaped(_ byte: UInt8) -> String {
        (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }

    private static let allowed = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=".unicodeScalars)

    /// A character of a path or query as a URL may contain it; a percent sign stays where two hexadecimal digits follow.
    fileprivate static func encoded(
        _ scalar: Unicode.Scalar, before rest: some Collection<Unicode.Scalar>
    ) -> String {
        let isEscape = scalar == "%" && rest.prefix(2).count { $0.properties.isASCIIHexDigit } == 2
        if isEscape || allowed.contains(scalar) { return String(Character(scalar)) }
        return String(scalar).utf8.map(escaped).joined()
    }
}
