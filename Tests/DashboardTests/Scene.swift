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
    /// What comes after the keys.
    let then: [DashboardMessage]

    init(
        _ name: String, keys: String = "", calls: [CallSample] = .varied, status: ServerStatus? = .sample(),
        glyphs: Glyphs = .unicode, isReadOnly: Bool = false, then: [DashboardMessage] = []
    ) {
        self.name = name
        self.keys = keys
        self.calls = calls
        self.status = status
        self.glyphs = glyphs
        self.isReadOnly = isReadOnly
        self.then = then
    }

    var testDescription: String { name }

    /// The dashboard of the scene.
    func state(size: Size) -> DashboardState {
        var state = DashboardState.sample(
            size: size, glyphs: glyphs, isReadOnly: isReadOnly, calls: calls, status: status)
        state.type(keys)
        for message in then { state.receive(message) }
        return state
    }
}
