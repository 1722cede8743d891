// SPDX-License-Identifier: Apache-2.0

import CTerminal
package import Screen

/// Turns what the terminal sends into keys and pastes.
///
/// A paste is one event however long it takes, so that pasted text never runs commands.
struct KeyReader {
    static let mostPasted = 4096

    private var pasted: String?

    init() {}

    mutating func read(_ event: sb_event) -> TerminalEvent? {
        switch Int(event.kind) {
        case SB_PASTE_BEGINS:
            pasted = ""
            return nil
        case SB_PASTE_ENDS:
            defer { pasted = nil }
            return pasted.map { .paste(CleanText.clean($0)) }
        case SB_CHARACTER:
            return Unicode.Scalar(event.value).flatMap { take($0) }
        case SB_FUNCTION_KEY:
            return pasted == nil ? .key(.function(Int(event.value))) : nil
        case SB_KEY:
            return pasted == nil ? KeyReader.key(Int(event.value)).map { .key($0) } : nil
        default:
            return nil
        }
    }
}

extension KeyReader {
    private mutating func take(_ scalar: Unicode.Scalar) -> TerminalEvent? {
        guard let text = pasted else { return KeyReader.key(scalar).map { .key($0) } }
        if text.utf8.count < KeyReader.mostPasted { pasted?.unicodeScalars.append(scalar) }
        return nil
    }

    private static func key(_ scalar: Unicode.Scalar) -> Key? {
        switch scalar.value {
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x1B: .escape
        case 0x08, 0x7F: .backspace
        case 0x01...0x1A: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
        case 0x00...0x1F, 0x80...0x9F: nil
        default: .character(Character(scalar))
        }
    }

    private static func key(_ code: Int) -> Key? {
        switch code {
        case SB_UP: .up
        case SB_DOWN: .down
        case SB_LEFT: .left
        case SB_RIGHT: .right
        case SB_HOME: .home
        case SB_END: .end
        case SB_PAGE_UP: .pageUp
        case SB_PAGE_DOWN: .pageDown
        case SB_BACKSPACE: .backspace
        case SB_DELETE: .delete
        case SB_BACK_TAB: .backTab
        case SB_ENTER: .enter
        default: nil
        }
    }
}

/// What a terminal session reports.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    /// Text that was pasted, cleaned, in one piece; line breaks are spaces.
    case paste(String)
    case resized(Size)
    /// The session's `Wake` was signalled.
    case woken
    /// The terminal is gone; reported once, and nothing is read or written after it.
    case hungUp
}

extension TerminalSession {
    /// The most events in one batch, so that a held key cannot keep the screen from being drawn.
    private static let mostEvents = 64

    /// Waits for events and returns all of them; empty after the timeout, `nil` waits forever.
    package mutating func wait(timeoutMilliseconds: Int?) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var event = sb_event()
        var timeout = timeoutMilliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
        while events.count < TerminalSession.mostEvents, sb_wait(timeout, &event) {
            if let event = read(event) { events.append(event) }
            if !events.isEmpty { timeout = 0 }
        }
        return events
    }

    private mutating func read(_ event: sb_event) -> TerminalEvent? {
        switch Int(event.kind) {
        case SB_WOKEN:
            wake.drain()
            return .woken
        case SB_RESIZED, SB_RESUMED:
            // Curses drops cells outside the window it knows, so the last frame no longer matches the terminal.
            shown = nil
            return .resized(size)
        case SB_HUNG_UP:
            return .hungUp
        default:
            return keys.read(event)
        }
    }
}
