// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// A dashboard in a certain state, to be looked at in several sizes.
struct Scene: Sendable, CustomTestStringConvertible {
    let name: String
    /// The keys that lead there.
    let keys: String
    let calls: [CallSample]
    let status: ServerStatus?
    let glyphs: Glyphs
    let isReadOnly: Bool
    /// The moment that is shown in place of a server.
    let record: RecordFrame?
    /// What comes after the keys.
    let then: [DashboardMessage]

    init(
        _ name: String, keys: String = "", calls: [CallSample] = .varied, status: ServerStatus? = .sample(),
        glyphs: Glyphs = .unicode, isReadOnly: Bool = false, record: RecordFrame? = nil, then: [DashboardMessage] = []
    ) {
        self.name = name
        self.keys = keys
        self.calls = calls
        self.status = status
        self.glyphs = glyphs
        self.isReadOnly = isReadOnly
        self.record = record
        self.then = then
    }

    var testDescription: String { name }

    /// The dashboard of the scene; with `glyphs` or a look, in these signs instead of its own.
    func state(size: Size, glyphs: Glyphs? = nil, look: Look? = nil) -> DashboardState {
        let glyphs = glyphs ?? self.glyphs
        var state =
            if let record {
                DashboardState.sample(size: size, glyphs: glyphs, showing: record)
            } else {
                DashboardState.sample(
                    size: size, glyphs: glyphs, isReadOnly: isReadOnly, calls: calls, status: status)
            }
        if let look { state.begin(with: DashboardSettings(), look, .terminal) }
        state.receive(.idle)
        state.type(keys)
        for message in then { state.receive(message) }
        return state
    }

    /// The name of its golden file.
    func file(_ size: Size) -> String { "\(name)-\(size.columns)x\(size.rows)" }
}

extension Size {
    /// The sizes in which every view and dialog is looked at: the smallest, the usual one, half a screen and a whole one.
    static let golden = [
        Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
        Size(columns: 220, rows: 50),
    ]

    /// Those that show a variant of a view well enough.
    static let goldenOfVariants = Array(golden.prefix(2))

    /// Filled by the calls of a picture.
    static let picture = Size(columns: 110, rows: 30)

    /// Too small for any view.
    static let tooSmall = [
        Size(columns: 49, rows: 10), Size(columns: 50, rows: 9), Size(columns: 10, rows: 2),
    ]
}
