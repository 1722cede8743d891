// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Foundation
import Screen
import TestSupport
import Testing

@Suite struct MouseTests {
    private static func state(size: Size = Size(columns: 120, rows: 40), isOn: Bool = true) -> DashboardState {
        var state = DashboardState.sample(size: size, calls: .many(60))
        var settings = DashboardSettings()
        settings.usesMouse = isOn
        state.receive(.settings(settings))
        return state
    }

    /// Presses the mouse in the middle of a text.
    private static func click(_ text: String, _ state: inout DashboardState) -> [DashboardEffect] {
        for (row, line) in state.screen.enumerated() {
            guard let range = line.range(of: text) else { continue }
            let column = DisplayWidth.of(String(line[..<range.lowerBound])) + text.count / 2
            return state.update(with: .mouse(MouseEvent(.press, row: row, column: column)))
        }
        Issue.record("\(text) is not on the screen")
        return []
    }

    @Test func aClickSelectsACallAndASecondOneOpensIt() throws {
        var state = Self.state()
        let row = try #require(state.screen.indices.dropFirst(8).first { state.screen[$0].contains("+") })
        let caller = try #require(state.screen[row].split(separator: " ").first { $0.hasPrefix("+") })
        let press = DashboardMessage.mouse(MouseEvent(.press, row: row, column: 20))
        state.receive(press)
        #expect(state.selectedCaller == String(caller))
        state.receive(press)
        #expect(state.text.contains("[1 Timeline]"))
    }

    @Test func theWheelMoves() {
        var state = Self.state()
        let first = state.selectedCaller
        state.receive(.mouse(MouseEvent(.wheelDown, row: 10, column: 10)))
        #expect(state.text.contains("4 of 60"))
        state.receive(.mouse(MouseEvent(.wheelUp, row: 10, column: 10)))
        #expect(state.selectedCaller == first)
    }

    @Test func aHintATabAndAButtonAreKeys() {
        var state = Self.state()
        _ = Self.click("c close", &state)
        #expect(state.text.contains("Close all lines"))
        _ = Self.click("Cancel", &state)
        #expect(!state.text.contains("Close all lines"))
        state.type("<enter>")
        _ = Self.click("2 Request", &state)
        #expect(state.text.contains("[2 Request]"))
    }

    @Test func aButtonIsNotTypedIntoAField() {
        var state = Self.state()
        state.type("ct")
        _ = Self.click("Cancel", &state)
        #expect(!state.text.contains("Close all lines"))
    }

    @Test func withoutTheMouseNothingHappens() {
        var state = Self.state(isOn: false)
        let before = state.text
        _ = Self.click("c close", &state)
        #expect(state.text == before)
        state.type(":mouse on<enter>")
        #expect(state.usesMouse)
    }

    @Test(arguments: [(-1, 0), (0, -1), (40, 0), (0, 120), (9999, 9999)])
    func placesOutsideAreNothing(row: Int, column: Int) {
        var state = Self.state()
        let before = state.text
        for kind in MouseEvent.Kind.allCases {
            #expect(state.update(with: .mouse(MouseEvent(kind, row: row, column: column))).isEmpty)
        }
        #expect(state.text == before)
    }
}
