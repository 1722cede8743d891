// SPDX-License-Identifier: Apache-2.0

import CTerminal
package import Screen

/// What a terminal session reports.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    /// Text that was pasted, cleaned, in one piece; line breaks are spaces.
    case paste(String)
    /// Keys that arrived faster than anybody types: a paste that the terminal did not mark, or a macro.
    case burst([Key])
    case mouse(MouseEvent)
    /// The terminal has drawn what was written before it was asked.
    case drawn
    /// Whether the terminal's window has the focus.
    case focused(Bool)
    case resized(Size)
    /// The session's `Wake` was signalled.
    case woken
    /// The terminal is gone; reported once, and nothing is read or written after it.
    case hungUp

    init(_ input: TerminalInput) {
        switch input {
        case .key(let key): self = .key(key)
        case .paste(let text): self = .paste(text)
        case .mouse(let event): self = .mouse(event)
        case .drawn: self = .drawn
        case .focused(let isFocused): self = .focused(isFocused)
        }
    }
}

extension TerminalSession {
    /// The most events in one batch, but for those of the last read, so that a held key cannot keep the screen from being
    /// drawn.
    private static let mostEvents = 64

    /// Waits for events and returns all of them; empty after the timeout, `nil` waits forever.
    package mutating func wait(timeoutMilliseconds: Int?) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var end = timeoutMilliseconds.map { sb_milliseconds() + Int64(max(0, $0)) }
        var bytes = [UInt8](repeating: 0, count: TypedInput.mostBytes)
        while events.count < TerminalSession.mostEvents {
            let now = sb_milliseconds()
            let until = [end, typed.decidedAt].compactMap(\.self).min()
            let limit = until.map { Int32(clamping: max(0, $0 - now)) } ?? -1
            var count: Int32 = 0
            let kind = Int(sb_wait(limit, &bytes, Int32(bytes.count), &count))
            switch kind {
            case SB_NOTHING:
                let decided = typed.decide(at: sb_milliseconds())
                events += decided
                // Woken for a key that was not decided, or for nothing.
                let isOver = end.map { sb_milliseconds() >= $0 } ?? (limit < 0)
                if decided.isEmpty, isOver || !events.isEmpty { return events }
            case SB_INPUT:
                let read = typed.read(bytes.prefix(Int(count)), at: sb_milliseconds())
                for event in read where event == .drawn { link.answered(at: sb_milliseconds()) }
                // Another program may have left the mouse on.
                events += reportsMouse ? read : read.filter { if case .mouse = $0 { false } else { true } }
            case SB_STOP_WANTED: events.append(.key(.control("z")))
            case SB_WOKEN:
                wake.drain()
                events.append(.woken)
            case SB_RESIZED, SB_RESUMED:
                // A terminal that was away reports the next change only.
                if kind == SB_RESUMED { events.append(.focused(true)) }
                // Curses drops cells outside the window it knows, so the last frame no longer matches the terminal.
                shown = nil
                events.append(.resized(size))
            default: events.append(.hungUp)
            }
            if !events.isEmpty { end = sb_milliseconds() }
        }
        return events
    }

    /// Forgets keys and pastes that have begun and not ended.
    package mutating func forgetInput() {
        typed.reset()
    }
}
