// SPDX-License-Identifier: Apache-2.0

/// The columns of the call list: which ones there is room for, and how wide they are.
struct CallColumns {
    let columns: [Column]
    /// Blank columns between two of them.
    let gap: Int
    /// Where the first column begins; the marker of the selected call stands before it.
    static let margin = 2

    struct Column: Hashable {
        let fact: Fact
        let start: Int
        let width: Int
    }

    enum Fact: Hashable {
        case time, caller, line, answer, by, milliseconds, state, confirmation
    }

    init(width: Int) {
        gap = width < 112 ? 1 : 2
        var facts: [(fact: Fact, width: Int)] = [(.time, width < 64 ? 5 : 8), (.caller, width < 112 ? 14 : 16)]
        if width >= 76 { facts.append((.line, Self.fit(width / 8, 10...24))) }
        facts.append((.answer, 0))
        if width >= 96 { facts.append((.by, Self.fit(width / 8, 12...28))) }
        if width >= 58 { facts.append((.milliseconds, 5)) }
        facts.append((.state, width < 140 ? 15 : 13))
        if width >= 140 { facts.append((.confirmation, 11)) }
        let taken = facts.reduce(Self.margin) { $0 + $1.width } + gap * (facts.count - 1)
        // One column stays free at the right edge where there is room.
        let answer = max(1, width - taken - (width < 64 ? 0 : 1))
        var start = Self.margin
        var columns: [Column] = []
        for (fact, wanted) in facts {
            let column = Column(fact: fact, start: start, width: fact == .answer ? answer : wanted)
            columns.append(column)
            start += column.width + gap
        }
        self.columns = columns
    }

    var hasConfirmation: Bool { columns.contains { $0.fact == .confirmation } }

    private static func fit(_ value: Int, _ range: ClosedRange<Int>) -> Int {
        min(max(value, range.lowerBound), range.upperBound)
    }
}

extension CallColumns.Fact {
    var title: String {
        switch self {
        case .time: "time"
        case .caller: "caller"
        case .line: "line"
        case .answer: "answer"
        case .by: "by"
        case .milliseconds: "ms"
        case .state: "state"
        case .confirmation: "override"
        }
    }

    /// Whether a search looks at it.
    var isSearched: Bool {
        switch self {
        case .caller, .line, .answer, .by: true
        case .time, .milliseconds, .state, .confirmation: false
        }
    }

    /// Numbers stand at the right of their column.
    var isNumber: Bool {
        switch self {
        case .milliseconds: true
        case .time, .caller, .line, .answer, .by, .state, .confirmation: false
        }
    }
}
