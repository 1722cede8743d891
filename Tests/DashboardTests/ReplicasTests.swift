// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The page of the servers that are one desk.
@Suite struct ReplicasTests {
    private func page(_ status: ServerStatus?, columns: Int = 120) -> DashboardState {
        var state = DashboardState.sample(size: Size(columns: columns, rows: 40), status: status)
        state.type("R")
        return state
    }

    @Test(arguments: [
        "3 of 3 replicas obey", "eu-1 (this one)", "v42", "obeys", "1 240", "+2 ms", "-1 ms", "3f9a1c2e", "0.1.0",
    ])
    func itHas(words: String) {
        let text = page(.replica()).text
        #expect(text.contains(words), "\(text)")
    }

    @Test(arguments: ["silent", "does not obey", "unknown", "-1850 ms", "another rules file", "unknown format"])
    func itNames(trouble: String) {
        let text = page(.replica(isTroubled: true)).text
        #expect(text.contains(trouble), "\(text)")
    }

    @Test(arguments: [50, 80, 120, 220])
    func theMostImportantColumnsFitEveryWidth(columns: Int) throws {
        let status = try #require(ServerStatus.replica(isTroubled: true).shared)
        let table = ReplicaTable(status, clock: .fixed(7200), now: .sample).lines(width: columns - 2)
        for line in [table.head] + table.rows.map(\.text) { #expect(DisplayWidth.of(line) <= columns - 2) }
        #expect(table.head.hasPrefix("replica"))
        #expect(table.head.contains("state"))
        #expect(table.rows.map(\.obeys) == [true, false, false])
    }

    @Test func whatOthersSayCannotReachTheTerminal() throws {
        var status = ServerStatus.replica()
        let shared = try #require(status.shared)
        let evil = shared.replicas.map { replica in
            ReplicaStatus(
                name: replica.name, program: "1\u{1B}[2J", rules: "\u{7}", version: 1, obeys: false, lastHeard: .sample,
                isHeard: true, clockOffset: nil, startedAt: .sample, calls: 0, callsPerSecond: 0, lastAnswerAt: nil,
                problem: "\u{1B}]0;x\u{7}")
        }
        status.shared = SharedDeskStatus(
            desk: "main", replica: "eu-1", contact: .fresh, version: 42, replicas: evil)
        let text = page(status).text
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }

    @Test func aServerOfItsOwnSaysSo() {
        #expect(page(.sample()).text.contains("a desk of its own"))
        #expect(page(nil).text.contains("Nothing is known"))
    }
}
