// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Sharing
import TestSupport
import Testing

@Suite struct AuditLinesTests {
    /// What an engine gave, what a replica has already, and how far the audit goes.
    struct Found: Sendable {
        let lines: [Int]
        let last: Int
        let end: Int
    }

    /// Numbers of lines; those of notes about missing ones are negative.
    static let rows: [Row<Found, [Int]>] = [
        Row("nothing new", Found(lines: [3], last: 3, end: 3), []),
        Row("one line", Found(lines: [3, 4], last: 3, end: 4), [4]),
        Row("the first line of all", Found(lines: [1], last: 0, end: 1), [1]),
        Row("lines of a later state", Found(lines: [3, 4, 5], last: 3, end: 4), [4]),
        Row("the oldest were dropped", Found(lines: [6, 7], last: 3, end: 7), [-5, 6, 7]),
        Row("one was dropped", Found(lines: [5], last: 3, end: 5), [-4, 5]),
        Row("all were dropped", Found(lines: [], last: 3, end: 7), [-7]),
        Row("a new replica of a desk whose first lines were dropped", Found(lines: [2], last: 0, end: 2), [-1, 2]),
        Row("numbers that a join left out", Found(lines: [3, 6, 9], last: 3, end: 9), [6, 9]),
        Row("an emptied engine that has new ones", Found(lines: [4], last: 3, end: 4), [4]),
        Row("the newest are not there", Found(lines: [3, 4], last: 3, end: 6), [4, -6]),
    ]

    @Test(arguments: rows)
    func whatIsMissingIsSaid(_ row: Row<Found, [Int]>) {
        let lines = row.input.lines.map { number in
            AuditEntry(number: number, at: .sample, who: Operator(user: "anna"), content: .note("\(number)"))
        }
        let found = lines.following(row.input.last, upTo: row.input.end, at: .sample)
        #expect(found.map { $0.who == nil ? -$0.number : $0.number } == row.expected)
    }
}
