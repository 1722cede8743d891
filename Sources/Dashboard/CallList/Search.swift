// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// A search in the calls, kept up to date call by call so that no frame has to search.
struct Search: Sendable {
    var field: TextField
    /// The query is still being typed.
    var isOpen = true
    /// The call that was selected when the search began, or `nil` when the list was following.
    let origin: UInt64?
    /// The query, folded.
    private(set) var query: SearchText
    /// The calls that hold it, oldest first.
    private(set) var matches: [UInt64] = []
    /// The calls that were looked at.
    private var searched: Range<UInt64> = 0..<0

    init(origin: UInt64?) {
        field = TextField()
        self.origin = origin
        query = SearchText("")
    }

    /// Takes the typed query and looks for it.
    mutating func typed(in log: LogSnapshot) {
        let typed = SearchText(field.text)
        guard typed != query else { return }
        let narrows = !query.isEmpty && typed.begins(with: query)
        query = typed
        if narrows {
            matches.removeAll { sequence in log[sequence].map { !typed.isFound(in: $0) } ?? true }
        } else {
            matches = []
            searched = log.sequences.lowerBound..<log.sequences.lowerBound
        }
        follow(log)
    }

    /// Looks at the calls that are new, and forgets those that were let go.
    mutating func follow(_ log: LogSnapshot) {
        guard !query.isEmpty else { return }
        let kept = log.sequences
        if searched.upperBound > kept.upperBound {
            matches.removeAll { $0 >= kept.upperBound }
        }
        let gone = place(of: kept.lowerBound)
        if gone > 0 { matches.removeFirst(gone) }
        let from = min(max(searched.upperBound, kept.lowerBound), kept.upperBound)
        for sequence in from..<kept.upperBound {
            if let call = log[sequence], query.isFound(in: call) { matches.append(sequence) }
        }
        searched = kept
    }

    /// Whether a call is one of the matches.
    func holds(_ sequence: UInt64) -> Bool {
        let place = place(of: sequence)
        return place < matches.count && matches[place] == sequence
    }

    /// The next match at an older call, around the end; `including` counts the call itself.
    func next(after sequence: UInt64, including: Bool = false) -> UInt64? {
        let place = place(of: including ? sequence + 1 : sequence)
        return place > 0 ? matches[place - 1] : matches.last
    }

    /// The next match at a newer call, around the end.
    func previous(before sequence: UInt64) -> UInt64? {
        let place = place(of: sequence + 1)
        return place < matches.count ? matches[place] : matches.first
    }

    /// The place of a call among the matches, counted from the newest, which is 1.
    func rank(of sequence: UInt64) -> Int? {
        holds(sequence) ? matches.count - place(of: sequence) : nil
    }

    /// The index of the first match that is not older than the call.
    private func place(of sequence: UInt64) -> Int {
        var range = 0..<matches.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = matches[middle] < sequence ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}

/// A text folded for searching: small and capital letters are the same.
struct SearchText: Hashable, Sendable {
    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = Self.folded(text)
    }

    var isEmpty: Bool { bytes.isEmpty }

    func begins(with other: SearchText) -> Bool { bytes.starts(with: other.bytes) }

    /// Whether the text stands in what the list says of a call: caller, line, answer, decider, id.
    func isFound(in call: CallRecord) -> Bool {
        let line = call.lineName ?? ""
        let answer = call.exchange?.words ?? "not asked"
        let by = call.exchange?.decision.by.description ?? ""
        return isFound(in: call.caller.description) || isFound(in: line) || isFound(in: call.called.description)
            || isFound(in: answer) || isFound(in: by) || isFound(in: call.id.text)
    }

    func isFound(in text: String) -> Bool {
        guard let first = bytes.first else { return false }
        let text = Self.folded(text)
        guard text.count >= bytes.count else { return false }
        return (0...(text.count - bytes.count)).contains { start in
            text[start] == first && text[start..<start + bytes.count].elementsEqual(bytes)
        }
    }

    /// Most text is ASCII, where folding is one bit.
    private static func folded(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return Array(text.lowercased().utf8) }
        for index in bytes.indices where UInt8(ascii: "A") <= bytes[index] && bytes[index] <= UInt8(ascii: "Z") {
            bytes[index] |= 0x20
        }
        return bytes
    }
}

extension DashboardState {
    mutating func runSearch(_ command: SearchCommand) {
        switch command {
        case .begin: search = Search(origin: list.isFollowing ? nil : list.selected)
        case .next: goToMatch { $0.next(after: $1) }
        case .previous: goToMatch { $0.previous(before: $1) }
        }
    }

    private mutating func goToMatch(_ neighbour: (Search, UInt64) -> UInt64?) {
        guard let search, let selected = list.selected else {
            return say("nothing is searched: / starts a search")
        }
        if let found = neighbour(search, selected) { list.select(found) } else { say("no call matches") }
    }

    /// A key while the query is being typed.
    mutating func pressInSearch(_ key: Key) {
        switch key {
        case .enter:
            search?.isOpen = false
            if search?.query.isEmpty ?? true { search = nil }
        case .escape:
            returnToOrigin()
            search = nil
        case .backspace where search?.field.text.isEmpty ?? true:
            search = nil
        case .down, .up:
            runSearch(key == .down ? .next : .previous)
        case .character, .control, .backspace, .delete, .left, .right, .home, .end, .tab, .backTab, .pageUp, .pageDown,
            .function:
            if search?.field.take(key) == true { searchTyped() }
        }
    }

    /// Looks for what is typed by now and goes to the first match at or below the place where the search began.
    mutating func searchTyped() {
        let shown = shown
        search?.typed(in: shown)
        returnToOrigin()
        guard let search, let start = search.origin ?? shown.sequences.last else { return }
        if let found = search.next(after: start, including: true) { list.select(found) }
    }

    private mutating func returnToOrigin() {
        guard let search else { return }
        if let origin = search.origin { list.select(origin) } else { list.follow() }
    }
}

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
