// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

/// Where the parts of a dialog are, in as many rows as the screen has for it.
///
/// The buttons and the field with the focus are always there; of the other fields as many as there are rows for.
struct DialogLayout {
    let box: Rect
    let lines: [String]
    let texts: Rect
    /// The fields that there is room for, each with its rows.
    let fields: [(field: DialogField, area: Rect)]
    /// The row of the hint, where there is room for one.
    let hint: Int?
    let buttons: Rect

    private static let widest = 76

    init(_ dialog: Dialog, _ shape: DialogShape, text: DialogText, glyphs: Glyphs, size: Size, below top: Int) {
        // On a narrow screen the frame takes the whole width.
        let width = min(size.columns < 60 ? size.columns : size.columns - 2, Self.widest)
        let inner = width - 4
        let room = max(2, size.rows - top - 2)
        let parts = DialogParts(dialog, shape, text: text, width: inner, ellipsis: glyphs.ellipsis)
        let fit = parts.fitting(room)
        lines = fit.lines
        let blank = fit.isAiry ? 1 : 0
        let column = (size.columns - width) / 2
        let fieldRows = fit.fields.reduce(0) { $0 + $1.rows }
        let hasHint = fit.hasHint ? 1 : 0
        let rows =
            lines.count + fieldRows + hasHint + 1 + blank + (fieldRows + hasHint > 0 ? blank : 0) + 2
        box = Rect(
            row: top + max(0, size.rows - top - rows) / 2, column: column, columns: width, rows: min(rows, room + 2))
        texts = Rect(row: box.row + 1, column: column + 2, columns: inner, rows: lines.count)
        var row = texts.rows.upperBound + (fieldRows + hasHint > 0 ? blank : 0)
        var placed: [(field: DialogField, area: Rect)] = []
        for (field, rows) in fit.fields {
            placed.append((field, Rect(row: row, column: column + 2, columns: inner, rows: rows)))
            row += rows
        }
        fields = placed
        hint = fit.hasHint ? row : nil
        buttons = Rect(row: box.rows.upperBound - 2, column: column + 2, columns: inner, rows: 1)
    }
}

/// The parts of a dialog, and how much of each is shown in a number of rows.
struct DialogParts {
    private let dialog: Dialog
    private let shape: DialogShape
    private let text: DialogText
    private let width: Int
    private let ellipsis: String

    /// The columns of the name of a field and the blanks after it.
    static let label = 10

    /// What is shown.
    struct Fit {
        var isAiry = false
        var lines: [String]
        var fields: [(field: DialogField, rows: Int)]
        var hasHint: Bool
    }

    init(_ dialog: Dialog, _ shape: DialogShape, text: DialogText, width: Int, ellipsis: String) {
        self.dialog = dialog
        self.shape = shape
        self.text = text
        self.width = width
        self.ellipsis = ellipsis
    }

    /// As much as fits into the rows, buttons included.
    func fitting(_ room: Int) -> Fit {
        let isFormless = shape.fields.isEmpty
        let hasHint = !isFormless || shape.word != nil || dialog.complaint != nil
        for (isAiry, most) in [(true, 3), (false, 2), (false, 1)] {
            let fields = shape.fields.map { (field: $0, rows: rows(of: $0, most: most)) }
            let blanks = isAiry ? (isFormless && !hasHint ? 1 : 2) : 0
            let left = room - fields.reduce(0) { $0 + $1.rows } - (hasHint ? 1 : 0) - 1 - blanks
            let needed = isAiry ? sentences(most: 2).joined().count : min(3, sentences(most: 2).joined().count)
            if left >= needed {
                return Fit(isAiry: isAiry, lines: whole(left), fields: fields, hasHint: hasHint)
            }
        }
        return window(room, hasHint: hasHint)
    }

    /// What remains if not everything fits: the effect, the field with the focus and its neighbours, the buttons.
    private func window(_ room: Int, hasHint: Bool) -> Fit {
        let showsHint = hasHint && room >= 4
        let rest = room - 1 - (showsHint ? 1 : 0)
        guard !shape.fields.isEmpty else {
            return Fit(lines: whole(max(1, rest)), fields: [], hasHint: showsHint)
        }
        // On the buttons, the effect matters more than a second field.
        let fields = if case .button = dialog.focus { 1 } else { min(2, shape.fields.count) }
        let wanted = 2 + fields
        var lines = rest >= wanted ? limited(2) : rest >= 2 ? limited(1) : []
        // Without a row for the hint, the complaint takes the place of the effect.
        if !showsHint, let complaint = dialog.complaint, !lines.isEmpty { lines = [complaint] }
        return Fit(lines: lines, fields: self.fields(in: max(1, rest - lines.count)), hasHint: showsHint)
    }

    /// The field with the focus and those after it, as many as there are rows for.
    private func fields(in rows: Int) -> [(field: DialogField, rows: Int)] {
        var first = 0
        if case .field(let field) = dialog.focus, let place = shape.fields.firstIndex(of: field) {
            first = max(0, min(place, shape.fields.count - rows))
        }
        var left = rows
        var shown: [(field: DialogField, rows: Int)] = []
        for field in shape.fields.dropFirst(first) where left > 0 {
            let isFocused = dialog.focus == .field(field)
            let wanted = isFocused ? self.rows(of: field, most: 2) : 1
            shown.append((field, min(wanted, left)))
            left -= min(wanted, left)
        }
        return shown
    }

    private func rows(of field: DialogField, most: Int) -> Int {
        guard !field.isChoice else { return 1 }
        return min(most, FieldLines(dialog.form[field], width: width - Self.label).lines.count)
    }

    private func outcome(_ most: Int) -> [String] {
        let long = text.outcome.rows(width: width, most: most, ellipsis: ellipsis).map(\.text)
        // A quote may be cut, other words may not.
        guard most == 1 || text.outcome.quote == nil,
            TextWrap.lines(text.outcome.whole, width: width, most: most + 1).count > most
        else { return long }
        return text.brief.rows(width: width, most: most, ellipsis: ellipsis).map(\.text)
    }

    /// The outcome where the facts below it have no room: what limits it is in it.
    private func limited(_ most: Int) -> [String] {
        guard !text.brief.limits.isEmpty else { return outcome(most) }
        return text.brief.rows(width: width, most: most, ellipsis: ellipsis).map(\.text)
    }

    private func sentences(most: Int) -> [[String]] {
        [outcome(most)] + text.facts.map { TextWrap.lines($0, width: width, most: 4) }
    }

    /// Whole sentences, as many as there are rows for.
    private func whole(_ rows: Int) -> [String] {
        var lines: [String] = []
        for sentence in sentences(most: rows > 1 ? 2 : 1) {
            guard lines.isEmpty || lines.count + sentence.count <= rows else { break }
            lines += sentence
        }
        return Array(lines.prefix(rows))
    }
}
