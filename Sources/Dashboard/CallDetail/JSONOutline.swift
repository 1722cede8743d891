// SPDX-License-Identifier: Apache-2.0

import JSON
import Screen

/// Lays a JSON value out for people: a name and a value in each line, what is inside indented.
struct JSONOutline {
    let width: Int
    private(set) var lines: [StyledLine] = []

    /// Deeper values are not indented further, so that there is room for them.
    private static let deepest = 24

    init(width: Int) {
        self.width = width
    }

    /// Adds the members or items of a value, or the value itself.
    mutating func add(_ value: JSONValue, indent: Int) {
        switch value {
        case .object(let members) where !members.isEmpty:
            for member in members where lines.count < Detail.mostLines {
                add(name: member.key, member.value, indent: indent)
            }
        case .array(let items) where !items.isEmpty:
            for item in items where lines.count < Detail.mostLines { add(name: nil, item, indent: indent) }
        case .null, .bool, .number, .string, .array, .object:
            line(head: [], value, indent: indent)
        }
    }

    /// Adds a value under its name; without a name it is an item of a list.
    mutating func add(name: String?, _ value: JSONValue, indent: Int) {
        let indent = min(indent, Self.deepest, width / 2)
        let head = name.map { [Span("\(CleanText.clean($0)):", .jsonKey)] } ?? [Span("-", .muted)]
        guard value.isNested else { return line(head: head + [Span(" ", .text)], value, indent: indent) }
        lines.append(StyledLine([Span(Self.blanks(indent), .text)] + head))
        add(value, indent: indent + 2)
    }

    /// Adds a value that has nothing inside, after its name or, where that leaves too little room, below it.
    private mutating func line(head: [Span], _ value: JSONValue, indent: Int) {
        let used = indent + StyledLine(head).width
        let isBelow = width - used < 16 && !head.isEmpty
        let hanging = isBelow ? indent + 2 : min(used, width / 2)
        let (text, role) = value.shown
        var rows = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).flatMap {
            TextWrap.lines(String($0), width: width - hanging, most: Detail.mostLines + 1)
        }
        if isBelow {
            lines.append(StyledLine([Span(Self.blanks(indent), .text)] + head))
        } else {
            let first = rows.isEmpty ? "" : rows.removeFirst()
            lines.append(StyledLine([Span(Self.blanks(indent), .text)] + head + [Span(first, role)]))
        }
        lines += rows.map { StyledLine([Span(Self.blanks(hanging), .text), Span($0, role)]) }
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension JSONValue {
    /// Whether it has values inside.
    fileprivate var isNested: Bool {
        switch self {
        case .object(let members): !members.isEmpty
        case .array(let items): !items.isEmpty
        case .null, .bool, .number, .string: false
        }
    }

    /// A value that has nothing inside, as people read it, and its role.
    fileprivate var shown: (text: String, role: Role) {
        switch self {
        case .null: ("null", .jsonWord)
        case .bool(let flag): (flag ? "true" : "false", .jsonWord)
        case .number(let text): (text, .jsonNumber)
        case .string(let text): text.isEmpty ? ("\"\"", .jsonString) : (text, .jsonString)
        case .array: ("[]", .text)
        case .object: ("{}", .text)
        }
    }
}
