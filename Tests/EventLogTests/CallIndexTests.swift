// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@testable import EventLog

@Suite struct CallIndexTests {
    /// The index of a log, with the ids that a log would keep.
    private struct Table {
        var index: CallIndex
        var ids: [UInt64: CallID] = [:]
        var next: UInt64

        init(room: Int, next: UInt64 = 0) {
            index = CallIndex(room: room)
            self.next = next
        }

        func place(of id: CallID) -> UInt64? {
            var search = index.search(for: id)
            while let place = index.candidate(&search, below: next) { if ids[place] == id { return place } }
            return nil
        }

        mutating func add(_ id: CallID) -> UInt64 {
            var search = index.search(for: id)
            while index.candidate(&search, below: next) != nil {}
            index.add(search, at: next)
            ids[next] = id
            next += 1
            return next - 1
        }

        mutating func remove(_ place: UInt64) {
            if let id = ids.removeValue(forKey: place) { index.remove(id, at: place) }
        }
    }

    /// Ids of all kinds; few enough that their slots meet.
    private static let ids = (0..<4_000).map { number in
        let digits = String(number, radix: 16)
        let uuid = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        return CallID(number % 3 == 0 ? "call \(number)" : uuid)
    }

    @Test(
        "a table that is full, grows, or counts past four bytes",
        arguments: [
            Row("with room", 4_000, 0), Row("without", 0, 0), Row("past four bytes", 16, UInt64(UInt32.max) - 100),
            Row("a table of a long session", 16, 7 << 40),
        ])
    func everyCallIsFoundUntilItIsForgotten(_ row: Row<Int, UInt64>) {
        var table = Table(room: row.input, next: row.expected)
        let places = Self.ids.map { table.add($0) }
        // Two of three go, in an order of their own.
        let gone = Set(places.indices.filter { $0 % 3 != 1 })
        for index in gone { table.remove(places[index]) }
        for (index, id) in Self.ids.enumerated() {
            #expect(table.place(of: id) == (gone.contains(index) ? nil : places[index]))
        }
        for index in gone { #expect(table.add(Self.ids[index]) > places[index]) }
        for (index, id) in Self.ids.enumerated() {
            let place = table.place(of: id)
            #expect(place.flatMap { table.ids[$0] } == id)
            #expect(place.map { $0 > places[3_999] } == gone.contains(index))
        }
    }

    @Test func aCallThatMovedIsFoundThere() {
        var table = Table(room: 4)
        let places = Self.ids.prefix(5).map { table.add($0) }
        table.index.move(Self.ids[2], from: places[2], to: table.next)
        table.ids[table.next] = table.ids.removeValue(forKey: places[2])
        table.next += 1
        #expect(Self.ids.prefix(5).map(table.place) == [0, 1, 5, 3, 4])
    }
}
