// SPDX-License-Identifier: Apache-2.0

import Calls
@testable import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

extension [CallSample] {
    /// Calls of which two callers are known by name.
    static let known: [CallSample] = varied.map { call in
        switch call.from {
        case "+31612345678": call.with(\.contact, "Jan de Vries")
        case "+12125550123": call.with(\.contact, "Zoë \u{1B}[2J 東京 with a rather long name")
        default: call
        }
    }
}

/// The columns of the list and its order.
@Suite struct ColumnTests {
    private static let wide = Size(columns: 130, rows: 30)

    private func state(_ keys: String, size: Size = wide, calls: [CallSample] = .varied) -> DashboardState {
        var state = DashboardState.sample(size: size, calls: calls)
        state.type(keys)
        return state
    }

    /// The titles of the columns.
    private func titles(_ state: DashboardState) -> [String] {
        (state.screen.first { $0.contains("state") && !$0.contains("·") } ?? "").split(separator: " ").map(String.init)
    }

    private func times(_ state: DashboardState) -> [String] {
        state.screen.filter { $0.dropFirst(2).hasPrefix("14:0") }.map { String($0.dropFirst(2).prefix(8)) }
    }

    @Test(
        "a narrow screen leaves out what matters least",
        arguments: [
            (57, ["time", "caller", "answer", "state"]), (58, ["time", "caller", "line", "answer", "state"]),
            (80, ["time", "caller", "line", "answer", "by", "state"]),
            (100, ["time", "caller", "line", "answer", "by", "took", "state"]),
            (150, ["time", "caller", "line", "answer", "by", "confirmed", "took", "state"]),
        ])
    func usualColumns(width: Int, expected: [String]) {
        #expect(titles(state("", size: Size(columns: width, rows: 24))) == expected)
    }

    @Test func columnsAreChosenOnTheCommandLine() {
        var state = state(":columns state,caller,MS<enter>")
        #expect(titles(state) == ["state", "caller", "took"])
        #expect(state.columnNames == ["state", "caller", "took"])
        state.type(":columns<enter>")
        #expect(state.columnNames == nil)
        state.type(":columns caller,color<enter>")
        #expect(state.text.contains("unknown column \"color\"; columns: time, caller"))
    }

    @Test func columnsAreChosenOnTheirPage() {
        var state = state("C<down> ")
        #expect(state.text.contains("Columns, from left to right"))
        state.type("<esc>")
        #expect(titles(state) == ["time", "line", "answer", "by", "took", "state"])
        state.type("C<<<down><down><down>s<esc>")
        #expect(state.listOrder != nil)
        state.type("Cu<esc>")
        #expect(state.columnNames == nil)
        #expect(state.listOrder == nil)
    }

    @Test func theLastColumnIsNotHidden() {
        #expect(state(":columns state<enter>C <esc>").columnNames == ["state"])
    }

    @Test func chosenColumnsThatDoNotFitAreLeftOut() {
        let names = "time,caller,contact,line,called,answer,by,confirmed,took,state,id"
        let small = state(":columns \(names)<enter>", size: Size(columns: 50, rows: 12))
        #expect(titles(small) == ["time", "caller", "answer", "state"])
    }

    @Test func theListIsSortedByAColumnAndTheOtherWay() {
        var state = state(":sort took<enter>")
        #expect(times(state).prefix(3) == ["14:05:00", "14:05:20", "14:09:20"])
        #expect(state.text.contains("by took, slowest first"))
        #expect(state.selectedRow?.contains("14:05:00") == true)
        let unasked = "14:08:20"
        #expect(times(state).last == unasked, "a call that was not asked has no time")
        let slowest = times(state).first
        state.type(":sort ms<enter>")
        #expect(state.text.contains("by took, fastest first"))
        #expect(times(state).last == unasked)
        #expect(times(state).dropLast().last == slowest)
        state.type(":sort -took<enter>")
        #expect(times(state).last == unasked)
        state.type(":sort caller<enter>")
        #expect(state.text.contains("by caller, ascending"))
        state.type(":sort<enter>")
        #expect(times(state).first == "14:09:20")
        #expect(!state.text.contains("by caller"))
    }

    @Test(arguments: CallColumn.all.map(\.name), ["", "-"])
    func theScreenSaysWhatComesFirst(column: String, sign: String) throws {
        let state = state(":sort \(sign)\(column)<enter>")
        let direction = try #require(CallColumn.named(column)?.direction)
        #expect(state.text.contains("by \(column), \(sign.isEmpty ? direction.usual : direction.reversed)"))
    }

    @Test func anIdTakesWhatNothingElseNeeds() {
        let id = "call-0123456789-0123456789-0123456789"
        let state = state(
            ":columns time,caller,called,id,state<enter>", size: Size(columns: 120, rows: 30),
            calls: [CallSample(id)])
        #expect(state.selectedRow?.contains(id) == true)
    }

    @Test func aSortedListKeepsTheSelectedCallAndTakesNewOnesEachSecond() {
        var state = state(":sort took<enter>jj")
        let selected = state.selectedRow?.dropFirst(2).prefix(8)
        let slow = CallSample("slow").with(\.at, 570).with(\.microseconds, 4_500_000)
        state.receive(.logChanged(EventLog.sample(.varied + [slow]).snapshot()))
        state.receive(.tick(.sample.advanced(bySeconds: 700)))
        #expect(times(state).first == "14:09:30")
        #expect(state.selectedRow?.dropFirst(2).prefix(8) == selected)
    }

    @Test func aSortedListIsFiltered() {
        #expect(times(state(":sort took<enter>fis:bad<enter>")) == ["14:05:00", "14:05:20", "14:02:10"])
    }

    @Test func theNameOfAContactIsBesideTheNumber() {
        let state = state("", calls: .known)
        #expect(titles(state).prefix(3) == ["time", "caller", "contact"])
        #expect(state.text.contains("+31612345678      Jan de Vries"))
    }

    @Test(arguments: [(52, "52 µs"), (400, "400 µs"), (1_180_000, "1.1 s"), (12_000, "12 ms"), (1200, "1.2 ms")])
    func timesHaveTheirUnit(microseconds: UInt64, words: String) {
        let state = state("", calls: [CallSample("c").with(\.microseconds, microseconds)])
        #expect(state.selectedRow?.contains(words) == true)
    }

    @Test(arguments: [("C?", "Calls"), ("Ce", "Writes 12 calls"), ("C:sort took<enter>", "by took")])
    func otherKeysWorkWhileColumnsAreChosen(keys: String, words: String) {
        #expect(state(keys).text.contains(words))
    }

    @Test(arguments: ["C<esc>", "Cq", "CC", "C:columns<enter>"])
    func thePageIsLeft(keys: String) {
        #expect(!state(keys).text.contains("Columns, from left to right"))
    }

    @Test func itsKeysCanBeBound() {
        var settings = DashboardSettings()
        settings.keymap =
            Keymap.binding([
                KeyChoice(command: "columns-toggle", keys: [.character("v")]),
                KeyChoice(command: "columns-next", keys: [.character("h")]),
            ]).keymap
        var state = state("")
        state.receive(.settings(settings))
        state.type("Chv<esc>")
        #expect(titles(state).prefix(2) == ["time", "line"])
    }
}
