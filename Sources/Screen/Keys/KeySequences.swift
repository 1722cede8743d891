// SPDX-License-Identifier: Apache-2.0

/// The bytes of a control sequence (CSI) after its introducer.
struct ControlSequence: Sendable {
    /// More than any key or report of a terminal has.
    private static let longest = 64

    let introducer: [UInt8]
    /// Its Escape was taken for the key already.
    let isLate: Bool
    var bytes: [UInt8] = []

    /// Adds a byte; what is longer than any key is not kept.
    mutating func append(_ byte: UInt8) {
        if bytes.count < Self.longest { bytes.append(byte) }
    }

    /// The mark of a paste as it follows Escape.
    static let lateMark = Array("[".utf8) + KeySequences.pasteBegins

    /// Whether an operator may have typed it, after an Escape that was a key: it is the beginning of the mark of a paste.
    var mayBeTyped: Bool { isLate && KeySequences.pasteBegins.starts(with: bytes) }

    var isOneNumber: Bool { !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) } }

    /// The key that it is, as far as the dashboard knows it.
    var key: Key? { KeySequences.control[bytes] ?? encodedKey }

    /// A key that is sent as a number with its modifiers: `97;5u`, or `27;5;97~` as xterm has it.
    private var encodedKey: Key? {
        guard let last = bytes.last else { return nil }
        let fields = bytes.dropLast().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
            field in
            field.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { Self.number($0) }
        }
        switch last {
        case UInt8(ascii: "u") where (1...3).contains(fields.count):
            let modifiers = fields.count > 1 ? fields[1] : []
            // The third kind of event is the release of the key.
            guard let code = fields[0].first ?? nil, modifiers.count < 2 || modifiers[1] != 3 else { return nil }
            return Self.key(code: code, modifiers: (modifiers.first ?? nil) ?? 1)
        case UInt8(ascii: "~") where fields.count == 3 && fields[0] == [27]:
            guard let modifiers = fields[1].first ?? nil, let code = fields[2].first ?? nil else { return nil }
            return Self.key(code: code, modifiers: modifiers)
        default: return nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
        digits.count > 7 ? nil : UInt32(String(decoding: digits, as: UTF8.self))
    }

    private static func key(code: UInt32, modifiers: UInt32) -> Key? {
        guard modifiers > 0, let scalar = Unicode.Scalar(code) else { return nil }
        let (shift, control) = ((modifiers - 1) & 1 != 0, (modifiers - 1) & 4 != 0)
        // Alt and others make keys that the dashboard does not have.
        guard (modifiers - 1) & ~(1 | 4 | 64 | 128) == 0 else { return nil }
        switch code {
        case 0x09: return control ? nil : shift ? .backTab : .tab
        case 0x0D, 0x1B, 0x08, 0x7F: return control ? nil : Key(typed: scalar)
        case 0x61...0x7A where control, 0x41...0x5A where control:
            return .control(Character(Unicode.Scalar(UInt8(code | 0x20))))
        // Private use: keys without a character.
        case 0x00...0x1F, 0x80...0x9F, 0xE000...0xF8FF: return nil
        default: return control ? nil : Key(typed: scalar)
        }
    }
}

/// The sequences that terminals send.
enum KeySequences {
    static let introducer: [UInt8] = [0x1B, 0x5B]
    static let pasteBegins = Array("200~".utf8)
    static let pasteEnds = Array("201~".utf8)
    /// A mouse report of the oldest kind, whose three bytes follow.
    static let mouse = Array("M".utf8)

    /// The answer of a terminal that is in order.
    static let drawn = Array("0n".utf8)

    /// The window has the focus, or lost it.
    static let focus = [Array("I".utf8): true, Array("O".utf8): false]

    /// After `ESC [`.
    static let control: [[UInt8]: Key] = Dictionary(
        uniqueKeysWithValues: [
            ("A", Key.up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end), ("Z", .backTab),
            ("1~", .home), ("7~", .home), ("4~", .end), ("8~", .end), ("3~", .delete), ("5~", .pageUp),
            ("6~", .pageDown),
            ("P", .delete),
            ("11~", .function(1)), ("12~", .function(2)), ("13~", .function(3)), ("14~", .function(4)),
            ("15~", .function(5)), ("17~", .function(6)), ("18~", .function(7)), ("19~", .function(8)),
            ("20~", .function(9)), ("21~", .function(10)), ("23~", .function(11)), ("24~", .function(12)),
        ].map { (Array($0.utf8), $1) })

    /// After `ESC [ [`.
    static let console: [UInt8: Key] = Dictionary(
        uniqueKeysWithValues: "ABCDE".utf8.enumerated().map { ($1, .function($0 + 1)) })

    /// After `ESC O`: the keys of the keypad in application mode among them.
    static let keypad: [UInt8: Key] = {
        var keys: [UInt8: Key] = [
            UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
            UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "M"): .enter, UInt8(ascii: "I"): .tab,
            UInt8(ascii: " "): .character(" "), UInt8(ascii: "X"): .character("="),
        ]
        for (number, letter) in "PQRS".utf8.enumerated() { keys[letter] = .function(number + 1) }
        for (letter, sign) in zip("jklmnopqrstuvwxy".utf8, "*+,-./0123456789") { keys[letter] = .character(sign) }
        return keys
    }()

    /// The letters after ESC with which the terminal begins a reply, and the bytes that such a reply begins with.
    static let replies: [UInt8: Set<UInt8>] = [
        UInt8(ascii: "]"): Set("0123456789lL".utf8), UInt8(ascii: "P"): Set("0123456789>!$+|".utf8),
        UInt8(ascii: "_"): Set("G".utf8),
    ]
}

extension Key {
    /// The key of a typed scalar; `nil` for a control character without one.
    init?(typed scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x09: self = .tab
        case 0x0A, 0x0D: self = .enter
        case 0x1B: self = .escape
        case 0x08, 0x7F: self = .backspace
        case 0x01...0x1A: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
        case 0x00...0x1F, 0x80...0x9F: return nil
        default: self = .character(Character(scalar))
        }
    }
}

/// What the bytes of a terminal are.
package enum TerminalInput: Hashable, Sendable {
    case key(Key)
    /// Text that was pasted, cleaned, in one piece; line breaks are spaces.
    case paste(String)
    /// What the mouse did, where the terminal was asked to report it.
    case mouse(MouseEvent)
    /// The answer to a question about the state of the terminal (DSR).
    case drawn
    /// The terminal's window got or lost the focus, where the terminal was asked to report that.
    case focused(Bool)
}
