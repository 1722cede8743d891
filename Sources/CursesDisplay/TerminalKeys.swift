// SPDX-License-Identifier: Apache-2.0

import CTerminal
import Screen

/// The keys that the description of this terminal has in addition to the usual ones.
enum TerminalKeys {
    private static let names: [(String, Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcuf1", .right), ("kcub1", .left), ("khome", .home), ("kend", .end),
            ("kfnd", .home), ("kslt", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete),
            ("kcbt", .backTab),
            ("kent", .enter),
        ] + (1...12).map { ("kf\($0)", .function($0)) }

    /// By their bytes; while a session is open.
    static var described: [[UInt8]: Key] {
        var keys: [[UInt8]: Key] = [:]
        for (name, key) in names {
            guard let text = sb_description(name) else { continue }
            let bytes = Array(String(cString: text).utf8)
            // A key without Escape cannot be distinguished from what is typed.
            if bytes.count > 1, bytes.first == 0x1B { keys[bytes] = key }
        }
        return keys
    }

    static func encoding(_ found: sb_capabilities) -> TerminalEncoding {
        found.single_byte ? .singleByte(high: (128...255).map { sb_scalar($0) }) : .utf8
    }
}

/// How long Escape waits for the rest of a sequence.
package enum EscapeDelay {
    /// The usual time, in milliseconds: a terminal on this machine sends a sequence in one piece.
    static let local = 100
    /// A network may tear it.
    static let remote = 300
    private static let longest = 5000

    /// The time in milliseconds: that of `ESCDELAY`, as for other programs with ncurses, else by where the terminal is.
    package static func milliseconds(environment: [String: String]) -> Int {
        if let wanted = environment["ESCDELAY"].flatMap({ Int($0) }), wanted > 0 { return min(wanted, longest) }
        let isRemote = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].contains { environment[$0]?.isEmpty == false }
        return isRemote ? remote : local
    }
}
