// SPDX-License-Identifier: Apache-2.0

import EventLog

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
