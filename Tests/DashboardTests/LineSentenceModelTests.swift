// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Foundation
import Overrides
import Rules
import Screen
import TestSupport
import Testing

/// Every sentence about lines, with random hours, rules, overrides and moments, against callers that are answered one
/// after the other.
@Suite struct LineSentenceModelTests {
    @Test(arguments: 1...16 as ClosedRange<UInt64>) func headerAndStatusSayWhatCallersGet(seed: UInt64) {
        let desk = RandomDesk(seed: seed)
        let summary = LinesSummary(desk.lines, overrides: desk.overrides, at: desk.now)
        let expected = desk.expectedSummary()
        #expect(summary.words(at: desk.now, dot: "·", on: RandomDesk.clock) == expected, "\(desk)")
        #expect(desk.dashboard().screen[0].contains(expected), "\(desk)")
    }

    @Test(arguments: Thoroughness.isFull ? 41...54 : 41...45 as ClosedRange<UInt64>)
    func theLinesViewSaysWhatCallersGet(seed: UInt64) {
        let desk = RandomDesk(seed: seed)
        var state = desk.dashboard()
        state.type("<tab>")
        for place in desk.lines.indices {
            state.type("<home>")
            // Groups have rows of their own, with their lines below them.
            for _ in 0..<20 where state.selectedRow?.contains(" Line \(place) ") == false { state.type("j") }
            let row = state.selectedRow ?? ""
            let expected = desk.expectedState(of: place)
            #expect(row.contains(" \(Self.fitting(expected)) "), "\(desk)\n\(row)")
            state.type("<enter>")
            #expect(state.screen.contains { $0.hasSuffix(" " + expected) }, "\(expected): \(state.text)")
            state.type("<esc>")
        }
    }

    /// A state in the longest words that fit its column: all, without what comes then, without its end.
    private static func fitting(_ words: String) -> String {
        let parts = [words, words.components(separatedBy: ", then ")[0], words.components(separatedBy: " until ")[0]]
        return parts.first { DisplayWidth.of($0) <= 36 } ?? words
    }

    @Test(arguments: 71...170 as ClosedRange<UInt64>) func barsQuoteWhatCallersHear(seed: UInt64) {
        let desk = RandomDesk(seed: seed)
        for override in desk.overrides {
            guard let text = override.kind.text else { continue }
            let reach = OverrideReach(override, lines: desk.lines, overrides: desk.overrides, at: desk.now)
            let silent = Set(
                reach.limits.compactMap { limit -> String? in
                    if case .rejected = limit.cause { nil } else { limit.line.name }
                })
            for (place, line) in desk.lines.enumerated() where override.scope.covers(line) {
                let hears = desk.reply(to: place, at: desk.now).contains("\"\(text)\"")
                #expect(hears != silent.contains(line.name), "\(override.kind) on \(line.name): \(desk)")
            }
        }
    }

    @Test(arguments: Thoroughness.isFull ? 171...270 : 171...200 as ClosedRange<UInt64>)
    func dialogsForetellWhatCallersGet(seed: UInt64) {
        let desk = RandomDesk(seed: seed)
        let status = desk.status
        let scopes: [Scope] = [.all, .group("north"), .line(desk.lines[0].number)]
        for (scope, ending) in scopes.flatMap({ [($0, OverrideForecast.Ending.closures), ($0, .openings)] }) {
            let forecast = OverrideForecast(ending: ending, of: scope, in: status, at: desk.now)
            let left = desk.overrides.filter { override in
                let isMeant = ending == .closures ? override.kind.closes : override.kind == .forcedOpen
                let covered = desk.lines.filter { override.scope.covers($0) }
                return !(isMeant && override.scope.lies(in: scope, covered))
            }
            let after = desk.with(left)
            let expected = desk.lines.indices.filter { scope.covers(desk.lines[$0]) && after.isOpen($0, at: desk.now) }
            #expect(forecast.open.map(\.name) == expected.map { desk.lines[$0].name }, "\(scope) \(ending): \(desk)")
        }
    }

    @Test func row2TheEndOfOneLineIsNeverTheEndOfAll() {
        let closures = [
            Override.closed(scope: .group("amsterdam"), id: 1),
            .closed(scope: .line("+31850835037"), until: .sample.advanced(bySeconds: 7200), id: 2),
            .closed(scope: .line("+31701234569"), id: 3),
        ]
        let summary = LinesSummary(ServerStatus.sample(overrides: closures), at: .sample)
        let words = summary.words(at: .sample, dot: "·") { $0.local(offset: 7200) }
        #expect(words == "ALL 4 CLOSED · first opens 16:00 (HMS Sovereign Demo)")
    }
}

extension Scope {
    /// Whether it covers nothing outside another one, by the lines that it covers.
    fileprivate func lies(in outer: Scope, _ covered: [LineStatus]) -> Bool {
        switch (self, outer) {
        case (_, .all): true
        case (.all, _): false
        case (.group, .line), (.line, .line), (.group, .group): self == outer
        case (.line, .group): covered.allSatisfy { outer.covers($0) }
        }
    }
}

extension RandomDesk {
    /// What an operator sees.
    func dashboard() -> DashboardState {
        var state = DashboardState.sample(
            size: Size(columns: 200, rows: 50), calls: [], status: nil, clock: .fixed(Self.offset))
        state.receive(.tick(now))
        state.receive(.status(status))
        return state
    }
}
