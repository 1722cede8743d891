// SPDX-License-Identifier: Apache-2.0

/// The source of a manual page, in the macros of man(7).
struct ManualText {
    private(set) var source: String

    /// Begins a page.
    ///
    /// It has no date, so that the same program gives the same bytes.
    init(title: String, section: Int, version: String, kind: String) {
        let arguments = [title.uppercased(), String(section), "", "switchboard \(version)", kind].map(Self.quoted)
        // No hyphenation and ragged lines, so that options and paths stay whole.
        source = ".TH \(arguments.joined(separator: " "))\n.nh\n.ad l\n"
    }

    mutating func section(_ title: String) {
        source += ".SH \(Self.quoted(title.uppercased()))\n"
    }

    mutating func subsection(_ title: String) {
        source += ".SS \(Self.quoted(title))\n"
    }

    /// A line of text; the next one follows it in the same paragraph.
    mutating func line(_ text: String) {
        source += Self.escaped(text) + "\n"
    }

    mutating func paragraph() {
        source += ".PP\n"
    }

    /// Lines that keep their form, such as commands to type.
    mutating func verbatim(_ lines: [String]) {
        source += ".RS 4\n.nf\n" + lines.map { Self.plain($0) + "\n" }.joined() + ".fi\n.RE\n"
    }

    /// An entry of a list: what it is, and what it means.
    mutating func entry(_ tag: [Span], _ text: String) {
        source += ".TP\n" + Self.spans(tag) + "\n" + (text.isEmpty ? "\\&" : Self.escaped(text)) + "\n"
    }

    /// A command and its arguments; lines after the first are indented.
    mutating func synopsis(_ words: [[Span]]) {
        source += ".HP 8\n" + words.map(Self.spans).joined(separator: "\n") + "\n"
    }

    /// A piece of text in one font.
    enum Span {
        case bold(String)
        case italic(String)
        case roman(String)
    }

    private static func spans(_ spans: [Span]) -> String {
        let text = spans.map { span in
            switch span {
            case .bold(let text): "\\fB\(escapedCharacters(text))\\fR"
            case .italic(let text): "\\fI\(escapedCharacters(text))\\fR"
            case .roman(let text): escapedCharacters(text)
            }
        }.joined()
        return guarded(text)
    }

    /// Text in which what is between backticks is bold.
    static func escaped(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        // An odd one has no end.
        guard parts.count % 2 == 1 else { return plain(text) }
        return guarded(
            parts.enumerated().map { index, part in
                index % 2 == 1 ? "\\fB\(escapedCharacters(String(part)))\\fR" : escapedCharacters(String(part))
            }.joined())
    }

    private static func plain(_ text: String) -> String { guarded(escapedCharacters(text)) }

    /// A line that begins with a dot or an apostrophe would be a request.
    private static func guarded(_ text: String) -> String {
        text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }

    private static func escapedCharacters(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "'": escaped += "\\(aq"
            case "`": escaped += "\\(ga"
            case "^": escaped += "\\(ha"
            case "~": escaped += "\\(ti"
            case "\"": escaped += "\\(dq"
            case "\n": escaped += " "
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// An argument of a macro.
    private static func quoted(_ text: String) -> String { "\"\(escapedCharacters(text))\"" }
}
