// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import Screen
import TestSupport
import Testing

/// A rules file with errors stays marked on every screen until it is mended.
@Suite struct RulesFileBarTests {
    private static func status(
        _ inUse: RulesFileStatus.InUse, _ restart: RulesFileStatus.Restart? = .same, errors: Int = 3
    ) -> ServerStatus {
        var status = ServerStatus.sample(closure: .closed())
        status.rules = RulesFileStatus(
            problem: .init(
                errors: errors, since: .sample, file: "/etc/switchboard.yaml", line: 12, column: 5,
                message: "unknown key `x`"), inUse: inUse, restart: restart)
        return status
    }

    @Test(
        "row 19: the bar has file, line and count, and what a restart would do",
        arguments: [
            (
                status(.previous),
                "switchboard.yaml:12: 3 errors since 14:00; still using the previous rules, as a restart would; "
                    + "first: unknown key `x`"
            ),
            (
                status(.previous, .fails("no rules are kept"), errors: 1),
                "switchboard.yaml:12: 1 error since 14:00; still using the previous rules; a restart would fail: "
                    + "no rules are kept; first: unknown key `x`"
            ),
            (
                status(.lastGood(.sample.advanced(bySeconds: -86_400))),
                "switchboard.yaml:12: 3 errors since 14:00; using the last good rules, of 2026-06-30 14:00, as a "
                    + "restart would; first: unknown key `x`"
            ),
            (
                status(.withoutContacts, nil),
                "switchboard.yaml:12: 3 errors since 14:00; calls are answered without these contacts; first: "
                    + "unknown key `x`"
            ),
            (
                status(.previous, .fileWithoutHolidays),
                "switchboard.yaml:12: 3 errors since 14:00; still using the previous rules; a restart would use this "
                    + "file without these holidays; first: unknown key `x`"
            ),
            (
                status(.previous, .fileWithoutContacts),
                "switchboard.yaml:12: 3 errors since 14:00; still using the previous rules; a restart would use this "
                    + "file without these contacts; first: unknown key `x`"
            ),
            (
                status(.withoutHolidays, .lastGood(.sample.advanced(bySeconds: -86_400))),
                "switchboard.yaml:12: 3 errors since 14:00; still using the previous rules, without some holidays; a "
                    + "restart would use older rules, of 2026-06-30 14:00; first: unknown key `x`"
            ),
        ])
    func theBar(_ status: ServerStatus, _ words: String) {
        let state = DashboardState.sample(size: Size(columns: 200, rows: 50), calls: .varied, status: status)
        #expect(state.screen[2] == " " + words)
    }

    @Test(
        "row 19: on every screen, whatever is pressed", arguments: ["", "j", "<tab>", "<enter>", "?", "!", "/x<esc>"],
        [(50, 10), (80, 24)])
    func itStays(_ keys: String, _ size: (Int, Int)) {
        let size = Size(columns: size.0, rows: size.1)
        var state = DashboardState.sample(size: size, calls: .varied, status: Self.status(.previous))
        state.type(keys)
        #expect(state.screen[2].contains("switchboard.yaml:12: 3 errors"))
        state.receive(.status(.sample()))
        #expect(!state.text.contains("switchboard.yaml:12: 3 errors"))
    }

    @Test(
        "row 19: what a restart would do is said in a single row, too",
        arguments: [
            (.same, "12: 3 errors, previous rules"), (.fails("no rules are kept"), "12: 3 errors, restart fails"),
            (.fileWithoutHolidays, "restart loses holidays"), (.fileWithoutContacts, "restart loses contacts"),
            (.lastGood(.sample), "restart uses older rules"),
        ] as [(RulesFileStatus.Restart, String)])
    func narrow(_ restart: RulesFileStatus.Restart, _ words: String) {
        let state = DashboardState.sample(
            size: Size(columns: 50, rows: 10), calls: .varied, status: Self.status(.previous, restart))
        #expect(state.screen[2].contains(words), "\(state.screen[2])")
    }
}
