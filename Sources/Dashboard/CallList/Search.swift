// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// A search in the calls, newest first, kept up to date call by call so that no frame has to search.
struct Search: Sendable {
    var field = TextField()
    /// The query is still being typed.
    var isOpen = true
    /// The call that was selected when the search began; `nil` if the list was following.
    let origin: UInt64?
    /// The query, folded.
    private(set) var query = SearchText("")
    /// The calls that match, oldest first.
    private(set) var matches: [UInt64] = []
    /// Those that match by what does not change with the time.
    private var lasting: [UInt64] = []
    /// What the query finds in states, which change with the time.
    private var states = StateSearch(SearchText(""))
    /// The newest calls, as far as they were searched.
    private var searched: Range<UInt64> = 0..<0
    /// The log in which they were searched.
    private var log = LogSnapshot.empty
    /// Whether every call was searched.
    private(set) var isComplete = true
    /// The cursor goes to the first match once it is found; until then, or until it is moved.
    var isJumping = false

    /// How many calls are put into words in one go, so that a key never waits long.
    private static let mostNew = 500
    /// As how many of them a call counts whose report is read.
    private static let reportCost = 20

    init(origin: UInt64?) {
        self.origin = origin
    }

    /// Takes the typed query; ``follow(_:_:)`` then looks for it.
    mutating func typed() {
        let typed = SearchText(typed: field.text)
        guard typed != query else { return }
        query = typed
        states = StateSearch(typed)
        restart()
        isJumping = true
        isComplete = query.isEmpty
    }

    /// Searches the calls that are new, then older ones, and forgets those that were evicted.
    mutating func follow(_ log: LogSnapshot, at now: Instant, _ texts: inout CallTexts) {
        guard !query.isEmpty else { return }
        let kept = log.sequences
        if searched.upperBound > kept.upperBound || kept.upperBound - searched.upperBound > Self.mostNew { restart() }
        if searched.isEmpty { searched = kept.upperBound..<kept.upperBound }
        // Not shared while they change.
        matches = []
        lasting.removeFirst(lasting.partitioningIndex { $0 >= kept.lowerBound })
        let still = searched.clamped(to: kept)
        for sequence in log.changes(since: self.log, among: still) {
            searchAgain(sequence, log, &texts)
        }
        self.log = log
        for sequence in searched.upperBound..<kept.upperBound where isMatch(sequence, log, &texts).found {
            lasting.append(sequence)
        }
        var older: [UInt64] = []
        var low = max(searched.lowerBound, kept.lowerBound)
        var left = Self.mostNew
        while low > kept.lowerBound, left > 0 {
            low -= 1
            let (found, cost) = isMatch(low, log, &texts)
            if found { older.append(low) }
            left -= cost
        }
        if !older.isEmpty { lasting = older.reversed() + lasting }
        searched = low..<kept.upperBound
        isComplete = low == kept.lowerBound
        matches = withStates(in: log, at: now)
    }

    /// Leaves out the matches that are not among these calls, which are ascending.
    mutating func keep(_ listed: [UInt64]) {
        var rest = listed[...]
        matches.removeAll { match in
            rest = rest.drop { $0 < match }
            return rest.first != match
        }
    }

    /// The lasting matches and those that are in a state that matches.
    private func withStates(in log: LogSnapshot, at now: Instant) -> [UInt64] {
        guard !states.isEmpty else { return lasting }
        var all: [UInt64] = []
        var rest = lasting[...]
        for sequence in searched {
            if rest.first == sequence {
                rest.removeFirst()
                all.append(sequence)
            } else if let call = log.brief(sequence, at: now), states.finds(call, at: now) {
                all.append(sequence)
            }
        }
        return all
    }

    /// Begins to search from the newest call again.
    mutating func restart() {
        matches = []
        lasting = []
        searched = 0..<0
        isComplete = query.isEmpty
    }

    /// Searches a call that changed: its report came, or a note.
    private mutating func searchAgain(_ sequence: UInt64, _ log: LogSnapshot, _ texts: inout CallTexts) {
        let place = lasting.partitioningIndex { $0 >= sequence }
        let wasFound = place < lasting.count && lasting[place] == sequence
        guard isMatch(sequence, log, &texts).found != wasFound else { return }
        if wasFound { lasting.remove(at: place) } else { lasting.insert(sequence, at: place) }
    }

    /// Whether a call matches by its row, its notes or its report, and what it cost to know.
    private func isMatch(
        _ sequence: UInt64, _ log: LogSnapshot, _ texts: inout CallTexts
    ) -> (found: Bool, cost: Int) {
        guard let call = log[sequence] else { return (false, 0) }
        let (text, isNew) = texts.text(of: call)
        let cost = isNew ? 1 : 0
        if query.isFound(inFolded: text.folded) || SearchedReport.isFound(query, in: call) { return (true, cost) }
        guard SearchedReport.hasMore(call) else { return (false, cost) }
        return (SearchedReport.isFound(query, inBodiesOf: call), cost + Self.reportCost)
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
    private func place(of sequence: UInt64) -> Int { matches.partitioningIndex { $0 >= sequence } }
}

/// What a query finds in the state and the confirmation of a call, worked out once for all calls.
private struct StateSearch {
    private let query: SearchText
    private let outcomes: Set<CallOutcome>
    private let confirmations: Set<Confirmation>
    /// Whether the query may be a part of a state with its length, such as `ended 0:41`.
    private let mayBeLength: Bool
    /// Whether it may be a status of the platform that we do not know.
    private let mayBeStatus: Bool

    init(_ query: SearchText) {
        self.query = query
        outcomes = Set(CallOutcome.all.filter { !query.isEmpty && query.isFound(in: $0.words) })
        confirmations = Set(Confirmation.allCases.filter { !query.isEmpty && query.isFound(in: $0.word) })
        mayBeLength = query.mayBeLength
        mayBeStatus = query.hasLetters
    }

    var isEmpty: Bool { outcomes.isEmpty && confirmations.isEmpty && !mayBeLength && !mayBeStatus }

    func finds(_ call: CallBrief, at now: Instant) -> Bool {
        if outcomes.contains(call.outcome) || confirmations.contains(call.confirmation) { return true }
        switch call.state {
        case .other: return mayBeStatus && query.isFound(in: call.state.words(call.outcome, now: now))
        case .live, .ended: return mayBeLength && query.isFound(in: call.state.words(call.outcome, now: now))
        case .ringing, .failed, .rejected: return false
        }
    }
}

extension SearchText {
    fileprivate var hasLetters: Bool { bytes.contains { $0 > 0x40 } }

    /// Whether it has a digit and no run of more than three, which a number has.
    fileprivate var mayBeLength: Bool {
        var run = 0
        var longest = 0
        for byte in bytes {
            run = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? run + 1 : 0
            longest = max(longest, run)
        }
        return (1...3).contains(longest)
    }
}

/// A text folded for searching: case does not matter.
struct SearchText: Hashable, Sendable {
    private let bytes: [UInt8]
    /// The part of an E.164 number that the text means in another spelling; empty if there is none.
    private let number: [UInt8]

    init(_ text: String) {
        bytes = Self.folded(text)
        number = []
    }

    /// Creates it from what an operator types, who may spell a number in any way.
    init(typed text: String) {
        bytes = Self.folded(text)
        number = NumberSearch.part(spelled: text).map(Self.folded) ?? []
    }

    var isEmpty: Bool { bytes.isEmpty }

    func isFound(in text: String) -> Bool { isFound(inFolded: Self.folded(text)) }

    func isFound(inFolded text: [UInt8]) -> Bool {
        Self.contains(text, bytes) || !number.isEmpty && Self.contains(text, number)
    }

    private static func contains(_ text: [UInt8], _ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, text.count >= bytes.count else { return false }
        return text.withUnsafeBufferPointer { text in
            bytes.withUnsafeBufferPointer { bytes in
                var start = 0
                while start <= text.count - bytes.count {
                    if text[start] == first {
                        var length = 1
                        while length < bytes.count, text[start + length] == bytes[length] { length += 1 }
                        if length == bytes.count { return true }
                    }
                    start += 1
                }
                return false
            }
        }
    }

    /// Most text is ASCII, where folding is one bit.
    static func folded(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return Array(text.lowercased().utf8) }
        for index in bytes.indices where UInt8(ascii: "A") <= bytes[index] && bytes[index] <= UInt8(ascii: "Z") {
            bytes[index] |= 0x20
        }
        return bytes
    }

    /// The text in pieces, those that match the query in the role of a match.
    func spans(in text: String, as role: Role) -> [Span] {
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

    /// How many characters match the query from here on, if they do.
    private func matchLength(_ characters: ArraySlice<Character>) -> Int? {
        Self.length(of: bytes, at: characters) ?? (number.isEmpty ? nil : Self.length(of: number, at: characters))
    }

    private static func length(of bytes: [UInt8], at characters: ArraySlice<Character>) -> Int? {
        var piece = ""
        for (length, character) in characters.enumerated() {
            piece.append(character)
            let folded = folded(piece)
            if folded == bytes { return length + 1 }
            guard bytes.starts(with: folded) else { return nil }
        }
        return nil
    }
}

extension DashboardState {
    mutating func runSearch(_ key: SearchKey) {
        switch key {
        case .begin:
            search = Search(origin: list.isFollowing ? nil : list.selected)
            // It may be about the search before.
            if statusMessage?.isAlert == false { statusMessage = nil }
        case .next: goToMatch { $0.next(after: $1) }
        case .previous: goToMatch { $0.previous(before: $1) }
        }
    }

    private mutating func goToMatch(_ neighbour: (Search, UInt64) -> UInt64?) {
        guard let search, let selected = list.selected else { return say("no active search; press /") }
        self.search?.isJumping = false
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

    /// Looks for what is typed by now.
    mutating func searchTyped() {
        search?.typed()
        followSearch()
    }

    /// Goes on with the search, and moves the cursor to the first match at or below the call where it began.
    mutating func followSearch() {
        guard var search else { return }
        // Taken out, so that its matches are not copied while they change.
        self.search = nil
        search.follow(shown, at: shownNow, &list.texts)
        if filter.inForce != nil { search.keep(filter.calls.sequences) }
        let isJumping = search.isJumping
        search.isJumping = isJumping && !search.isComplete
        self.search = search
        guard isJumping else { return }
        returnToOrigin()
        guard let start = search.origin ?? listed[0] else { return }
        if let found = search.next(after: start, including: true) { list.select(found) }
    }

    private mutating func returnToOrigin() {
        guard let search else { return }
        if let origin = search.origin { list.select(origin) } else { list.follow() }
    }
}
