// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import GRDB
import WireFormat

/// A column of calls that has few values: a filter is decided for each of them before it looks at calls.
enum Facet: String, CaseIterable {
    case called
    case calledSent = "called_sent"
    case line, state, decider

    /// The value that a call has, as its column has it.
    func value(of call: CallRecord) -> String? {
        let value =
            switch self {
            case .called: call.called.wireText
            case .calledSent: call.otherSpellings?.called
            case .line: call.lineName
            case .state: call.state.word
            case .decider: call.answered?.decision.by.description
            }
        return value?.inColumn
    }

    /// The values of the calls that are kept, and perhaps some that their calls had before; at most `most`.
    func values(atMost most: Int, in database: Database) throws -> [String] {
        try String.fetchAll(
            database, sql: "SELECT value FROM facet WHERE name = ? LIMIT ?", arguments: [rawValue, most])
    }
}

/// The values of facets that are in the journal already.
///
/// With each value goes the newest block of calls that had it, so that it is taken out with the last of them. A block and not a
/// number, since every call would have to be noted otherwise.
struct KnownFacets {
    private var blocks: [Value: Int64] = [:]

    private struct Value: Hashable {
        let facet: Facet
        let text: String
    }

    /// How many calls a block has.
    static let callsInBlock: Int64 = 256
    /// More values are not remembered, and are written again.
    private static let most = 5_000

    /// Writes the values of a call, as far as they are not known.
    mutating func write(_ call: CallRecord, number: Int64, in database: Database) throws {
        let block = number / Self.callsInBlock
        for facet in Facet.allCases {
            guard let text = facet.value(of: call) else { continue }
            let value = Value(facet: facet, text: text)
            if let known = blocks[value], known >= block { continue }
            try database.cachedStatement(sql: Self.insertion).execute(arguments: [facet.rawValue, text, block])
            if blocks.count >= Self.most { blocks = [:] }
            blocks[value] = block
        }
    }

    private static let insertion = """
        INSERT INTO facet (name, value, block) VALUES (?, ?, ?)
        ON CONFLICT (name, value) DO UPDATE SET block = max(block, excluded.block)
        """

    /// Takes out the values that only calls up to a number had, which are gone.
    static func takeOut(upTo number: Int64, in database: Database) throws {
        let block = number / callsInBlock
        try database.cachedStatement(sql: "DELETE FROM facet WHERE block < ?").execute(arguments: [block])
        for facet in Facet.allCases {
            // Of this block some calls may be left.
            try database.cachedStatement(
                sql: """
                    DELETE FROM facet WHERE name = ? AND block = ? AND value NOT IN
                        (SELECT \(facet.rawValue) FROM call
                        WHERE number BETWEEN ? AND ? AND \(facet.rawValue) IS NOT NULL)
                    """
            ).execute(arguments: [facet.rawValue, block, number + 1, (block + 1) * callsInBlock - 1])
        }
    }
}
