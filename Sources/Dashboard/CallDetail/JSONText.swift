// SPDX-License-Identifier: Apache-2.0

import JSON
import Screen

/// A JSON document in colour.
enum JSONText {
    /// One member in each line, indented; `nil` if the bytes are not JSON.
    static func laidOut(_ bytes: [UInt8], width: Int, most: Int) -> [StyledLine]? {
        guard let lines = PrettyJSON.lines(bytes) else { return nil }
        var rows: [StyledLine] = []
        for line in lines where rows.count < most {
            let blanks = line.prefix { $0 == " " }.count
            // Continued lines are indented by two more columns.
            rows += StyledText(colored: line).rows(
                width: width, indent: min(blanks + 2, width / 2), most: most, isBrokenAfterSigns: false)
        }
        return rows
    }

    /// The bytes as they are, in as many rows as they take.
    static func exactly(_ bytes: [UInt8], width: Int, most: Int) -> [StyledLine] {
        let text = String(decoding: bytes, as: UTF8.self)
        let isJSON = PrettyJSON.lines(bytes) != nil
        return (isJSON ? StyledText(colored: text) : StyledText(plain: text))
            .rows(width: width, indent: 0, most: most, isBrokenAfterSigns: true)
    }
}

/// A long text whose characters have roles, to be broken into rows.
private struct StyledText {
    private let characters: [Character]
    private var roles: [Role]

    init(plain text: String) {
        characters = Array(CleanText.clean(text))
        roles = Array(repeating: .text, count: characters.count)
    }

    /// JSON: names, texts, numbers and words each in their role.
    init(colored text: String) {
        self.init(plain: text)
        var place = 0
        while place < characters.count {
            let (end, role) = token(at: place)
            for index in place..<end { roles[index] = role }
            place = end
        }
    }

    /// Where the token ends that begins here, and its role.
    private func token(at start: Int) -> (end: Int, role: Role) {
        switch base(start) {
        case "\"":
            let end = endOfString(from: start)
            let next = characters[end...].firstIndex { $0 != " " }
            return (end, next.map { base($0) == ":" } ?? false ? .jsonKey : .jsonString)
        case "-", "0"..."9": return (end(of: start) { "0123456789+-.eE".unicodeScalars.contains($0) }, .jsonNumber)
        case "a"..."z": return (end(of: start) { ("a"..."z").contains($0) }, .jsonWord)
        default: return (start + 1, .text)
        }
    }

    private func endOfString(from start: Int) -> Int {
        var place = start + 1
        while place < characters.count, base(place) != "\"" { place += base(place) == "\\" ? 2 : 1 }
        return min(characters.count, place + 1)
    }

    private func end(of start: Int, while belongs: (Unicode.Scalar) -> Bool) -> Int {
        characters[start...].indices.first { !belongs(base($0)) } ?? characters.count
    }

    /// The character without the marks on it.
    private func base(_ place: Int) -> Unicode.Scalar { characters[place].unicodeScalars.first ?? " " }
}

extension StyledText {
    /// Breaks the text at blanks, where wanted after signs of the grammar too, and a longer word anywhere.
    func rows(width: Int, indent: Int, most: Int, isBrokenAfterSigns: Bool) -> [StyledLine] {
        var rows: [StyledLine] = []
        var start = 0
        var used = 0
        var wordStart: Int?
        let text = characters.firstIndex { $0 != " " } ?? 0
        for place in characters.indices {
            let step = DisplayWidth.of(String(characters[place]))
            // A blank that does not fit is not seen at the end of its row.
            if used + step > max(2, width), place > start, characters[place] != " " {
                let end = wordStart ?? place
                rows.append(row(start..<end, indent: rows.isEmpty ? 0 : indent))
                guard rows.count < most else { return rows }
                start = end
                used = indent + DisplayWidth.of(String(characters[start..<place]))
                wordStart = nil
            }
            used += step
            let isSign = isBrokenAfterSigns && roles[place] == .text && characters[place] != " "
            if characters[place] == " " && place >= text || isSign { wordStart = place + 1 }
        }
        return rows + [row(start..<characters.count, indent: rows.isEmpty ? 0 : indent)]
    }

    private func row(_ range: Range<Int>, indent: Int) -> StyledLine {
        var spans = [Span(String(repeating: " ", count: indent), .text)]
        var place = range.lowerBound
        while place < range.upperBound {
            let role = roles[place]
            let end = roles[place..<range.upperBound].firstIndex { $0 != role } ?? range.upperBound
            spans.append(Span(String(characters[place..<end]), role))
            place = end
        }
        return StyledLine(spans)
    }
}
