// SPDX-License-Identifier: Apache-2.0

import CTerminal
import Screen

extension TerminalSession {
    /// The most events that are told at once, so that a held key cannot keep the screen from being drawn.
    private static let mostEvents = 64

    /// Waits for something to happen and tells all of it; empty when the time is over, `nil` waits for ever.
    package mutating func wait(timeoutMilliseconds: Int?) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var event = sb_event()
        var timeout = timeoutMilliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
        while events.count < TerminalSession.mostEvents, sb_wait(timeout, &event) {
            if let told = tell(event) { events.append(told) }
            if !events.isEmpty { timeout = 0 }
        }
        return events
    }

    private mutating func tell(_ event: sb_event) -> TerminalEvent? {
        switch Int(event.kind) {
        case SB_WOKEN:
            wake.drain()
            return .woken
        case SB_RESIZED:
            return .resized(size)
        case SB_HUNG_UP:
            return .hungUp
        default:
            return keys.read(event)
        }
    }
}
