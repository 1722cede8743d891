// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// The audit and what others do, as an operator sees them; each golden file was looked at.
@Suite struct AuditScreenTests {
    private static let sizes = [
        Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 200, rows: 50),
    ]

    private static let scenes: [Scene] = [
        Scene("audit", keys: "a", then: [.logChanged(.desk(before: .day))]),
        Scene("audit-empty", keys: "a"),
        Scene("audit-hostile", keys: "a", glyphs: .ascii, then: [.logChanged(.desk(before: .hostile))]),
        Scene("note-typing", keys: ":note Carrier confirmed"),
        Scene(
            "colleague",
            then: [
                .logChanged(
                    .desk(news: [
                        .change(
                            .begun,
                            .closed(
                                scope: .group("amsterdam"), reason: "fire drill",
                                until: .sample.advanced(bySeconds: 5400)), by: .anna, at: 620)
                    ]))
            ]),
    ]

    @Test(arguments: scenes, sizes)
    func theScreenShowsTheScene(scene: Scene, size: Size) throws {
        try expectScreen(scene.state(size: size).view(), matches: "\(scene.name)-\(size.columns)x\(size.rows)")
    }
}
