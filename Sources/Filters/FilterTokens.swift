// SPDX-License-Identifier: Apache-2.0

/// One word of a filter, with its place; white space separates words, except in quotation marks.
struct FilterToken {
    /// A code point, and whether it is in quotation marks.
    struct Piece {
        let scalar: Unicode.Scalar
        let isQuoted: Bool
        let place: Int
    }

    var pieces: ArraySlice<Piece>
    /// Where the word is in the text, with its quotation marks.
    var range: Range<Int>

    /// The text without quotation marks.
    var text: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: pieces.lazy.map(\.scalar))
        return String(text)
    }

    var isQuoted: Bool { pieces.contains(where: \.isQuoted) }

    /// Takes away the first code points.
    func dropping(_ count: Int) -> FilterToken {
        let rest = pieces.dropFirst(count)
        return FilterToken(pieces: rest, range: (rest.first?.place ?? range.upperBound)..<range.upperBound)
    }

    /// The two as one, with a space between.
    func joined(with next: FilterToken) -> FilterToken {
        let space = Piece(scalar: " ", isQuoted: false, place: range.upperBound)
        return FilterToken(
            pieces: pieces + [space] + next.pieces, range: range.lowerBound..<next.range.upperBound)
    }

    /// The letters before an operator, if the word begins so: `from` and `:` of `from:+49`, `ms` and `>` of `ms>500`.
    var key: (name: String, sign: Unicode.Scalar)? {
        guard let end = pieces.firstIndex(where: { !$0.scalar.properties.isAlphabetic || $0.isQuoted }),
            end > pieces.startIndex, !pieces[end].isQuoted, ":<>=".unicodeScalars.contains(pieces[end].scalar)
        else { return nil }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: pieces[..<end].lazy.map(\.scalar))
        return (String(name), pieces[end].scalar)
    }

    /// Takes a text apart.
    static func tokens(of text: String) throws(FilterError) -> [FilterToken] {
        var tokens: [FilterToken] = []
        var pieces: [Piece] = []
        var start: Int?
        var opened: Int?
        var isEscaped = false
        func end(at place: Int) {
            guard let begin = start else { return }
            tokens.append(FilterToken(pieces: pieces[...], range: begin..<place))
            pieces = []
            start = nil
        }
        var place = 0
        for scalar in text.unicodeScalars {
            if isEscaped {
                pieces.append(Piece(scalar: scalar, isQuoted: true, place: place))
                isEscaped = false
            } else if opened != nil, scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                opened = opened == nil ? place : nil
                start = start ?? place
            } else if opened == nil, scalar.properties.isWhitespace {
                end(at: place)
            } else {
                start = start ?? place
                pieces.append(Piece(scalar: scalar, isQuoted: opened != nil, place: place))
            }
            place += 1
        }
        if let opened {
            throw FilterError(.unclosedQuote, opened..<place, "the quotation mark is not closed")
        }
        end(at: place)
        return tokens
    }
}
