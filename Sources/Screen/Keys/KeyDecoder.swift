// SPDX-License-Identifier: Apache-2.0

/// Reads keys and pastes out of the bytes of a terminal, however they are cut into pieces.
///
/// Two rules decide what is doubtful. Text between the marks of a paste is never a key, and a sequence that nobody knows
/// is passed over whole: its letters must not become commands.
package struct KeyDecoder: Sendable {
    /// What the bytes so far are the beginning of.
    private enum State: Sendable {
        case text
        /// Escape: the key, or the beginning of a sequence.
        case escape
        /// Escape was a key, since nothing followed; a sequence that goes on late holds no keys.
        case lateEscape
        /// What followed such an Escape alone: that many bytes of the mark of a paste, or keys that were typed.
        case lateMark(Int)
        case control(ControlSequence)
        /// `ESC [ [` and one letter, a function key of the Linux console.
        case console
        case keypad(isLate: Bool, hasDigits: Bool)
        case reply(Reply)
        /// The rest of a mouse report: the number of places left, each of one byte, or of two in UTF-8.
        case mouse(left: Int, isInside: Bool)
        case paste(Paste)
    }

    /// A string that a terminal sends for a question, such as its background color, up to its end mark.
    private struct Reply: Sendable {
        /// The letter after Escape.
        let kind: UInt8
        var hasBegun = false
        var pauses = 0
        var isEnding = false
    }

    private struct Paste: Sendable {
        /// The bytes that end it, of which the first occurs once.
        let end: [UInt8]
        /// The bytes that begin one, which differ from `end` in one place.
        let beginning: [UInt8]
        /// How many bytes of either came last.
        var matched = 0
        var isBeginning = false
        /// How many pastes have begun in this one: its text has marks of its own.
        var depth = 0
        var text = String.UnicodeScalarView()
        var size = 0
    }

    /// The most bytes of a paste that are kept.
    package static let mostPasted = 4096
    /// What a byte outside of any text becomes.
    package static let standIn: Character = "\u{FFFD}"
    /// How many pauses a reply may have before its rest is keys; it may be of any length.
    private static let mostPauses = 10

    private let described: [[UInt8]: Key]
    private var scalars: ScalarReader
    private var state = State.text

    /// Creates a decoder.
    ///
    /// - Parameters:
    ///   - described: Sequences of this terminal in addition to the usual ones; each begins with ESC.
    ///   - encoding: The text encoding of the terminal.
    package init(described: [[UInt8]: Key] = [:], encoding: TerminalEncoding = .utf8) {
        self.described = described
        scalars = ScalarReader(encoding)
    }

    /// Whether the last bytes mean something else if no others follow soon: then call `pause`.
    package var isUndecided: Bool {
        switch state {
        // No key begins with a later byte of UTF-8, so that a character may come in pieces.
        case .text: scalars.isInside && !scalars.isUTF8
        case .escape, .reply: true
        case .keypad(let isLate, _): isLate
        case .lateEscape, .lateMark, .control, .console, .mouse, .paste: false
        }
    }

    /// Whether the rest of a sequence may still come whose Escape was a key: call `giveUp` when it is too late for that.
    package var awaitsRest: Bool {
        switch state {
        case .lateEscape, .lateMark: true
        case .text, .escape, .control, .console, .keypad, .reply, .mouse, .paste: false
        }
    }

    /// Takes what followed an Escape alone that was a key for keys too.
    package mutating func giveUp() -> [TerminalInput] {
        guard awaitsRest else { return [] }
        defer { state = .text }
        if case .lateMark(let matched) = state { return Self.typed(ControlSequence.lateMark[..<matched]) }
        return []
    }

    /// Whether a paste has begun and not ended.
    package var isInPaste: Bool {
        if case .paste = state { true } else { false }
    }

    /// Takes a paste for ended, since its terminal does not end it.
    package mutating func endPaste() -> [TerminalInput] {
        guard case .paste(let paste) = state else { return [] }
        reset()
        return [.paste(CleanText.clean(String(paste.text)))]
    }

    /// Forgets what is unfinished, a paste included.
    package mutating func reset() {
        state = .text
        scalars.reset()
    }

    /// Reads the next bytes.
    package mutating func read(_ bytes: some Sequence<UInt8>) -> [TerminalInput] {
        var inputs: [TerminalInput] = []
        for byte in bytes { take(byte, &inputs) }
        if case .control(let sequence) = state, sequence.mayBeTyped { state = .lateMark(sequence.bytes.count + 1) }
        return inputs
    }

    /// Notes that no byte has followed for as long as a sequence may be torn.
    package mutating func pause() -> [TerminalInput] {
        switch state {
        case .text:
            guard scalars.isInside, !scalars.isUTF8 else { return [] }
            scalars.reset()
            return [.key(.character(Self.standIn))]
        case .escape:
            state = .lateEscape
            return [.key(.escape)]
        case .keypad(isLate: true, let hasDigits):
            state = .text
            return hasDigits ? [] : [.key(.character("O"))]
        case .reply(var reply):
            state = .text
            // A letter typed with Alt.
            guard reply.hasBegun else {
                return [.key(.escape), .key(.character(Character(Unicode.Scalar(reply.kind))))]
            }
            reply.pauses += 1
            if reply.pauses < Self.mostPauses { state = .reply(reply) }
            return []
        case .lateEscape, .lateMark, .control, .console, .keypad, .mouse, .paste: return []
        }
    }
}

// MARK: - Text and Escape

extension KeyDecoder {
    private mutating func take(_ byte: UInt8, _ inputs: inout [TerminalInput]) {
        switch state {
        case .text: takeText(byte, &inputs)
        case .escape: takeAfterEscape(byte, &inputs)
        case .lateEscape: takeLate(byte, &inputs)
        case .lateMark(let matched): takeLateMark(byte, matched, &inputs)
        case .control(let sequence): take(byte, in: sequence, &inputs)
        case .console:
            state = .text
            if let key = described[[0x1B, 0x5B, 0x5B, byte]] ?? KeySequences.console[byte] { inputs.append(.key(key)) }
        case .keypad(let isLate, let hasDigits): takeKeypad(byte, isLate, hasDigits, &inputs)
        case .reply(let reply): take(byte, in: reply, &inputs)
        case .mouse(let left, let isInside): takeMouse(byte, left: left, isInside: isInside, &inputs)
        case .paste(var paste):
            // Out of the state meanwhile, so that its text is not copied for every byte.
            state = .text
            if take(byte, in: &paste) {
                inputs.append(.paste(CleanText.clean(String(paste.text))))
            } else {
                state = .paste(paste)
            }
        }
    }

    private mutating func takeText(_ byte: UInt8, _ inputs: inout [TerminalInput]) {
        if byte == 0x1B {
            if scalars.isInside { inputs.append(.key(.character(Self.standIn))) }
            scalars.reset()
            state = .escape
            return
        }
        // No text begins with an eight-bit introducer.
        if scalars.isUTF8, !scalars.isInside, let introduced = Self.introduced(by: UInt32(byte), [byte]) {
            state = introduced
            return
        }
        for scalar in scalars.take(byte) {
            if let introduced = Self.introduced(by: scalar.value, scalars.bytes(of: scalar)) {
                state = introduced
            } else if let key = Key(typed: scalar) {
                inputs.append(.key(key))
            }
        }
    }

    private static func introduced(by value: UInt32, _ bytes: [UInt8]) -> State? {
        switch value {
        case 0x9B: .control(ControlSequence(introducer: bytes, isLate: false))
        case 0x8F: .keypad(isLate: false, hasDigits: false)
        default: nil
        }
    }

    private mutating func takeAfterEscape(_ byte: UInt8, _ inputs: inout [TerminalInput]) {
        switch byte {
        case _ where described[[0x1B, byte]] != nil:
            state = .text
            inputs += [described[[0x1B, byte]]].compactMap(\.self).map { .key($0) }
        case UInt8(ascii: "["): state = .control(ControlSequence(introducer: [0x1B, byte], isLate: false))
        case UInt8(ascii: "O"): state = .keypad(isLate: false, hasDigits: false)
        case _ where KeySequences.replies[byte] != nil: state = .reply(Reply(kind: byte))
        case 0x1B: inputs.append(.key(.escape))
        default:
            state = .text
            inputs.append(.key(.escape))
            takeText(byte, &inputs)
        }
    }

    /// What comes after an Escape that was a key: a sequence that begins with `[` belongs to it however late it is.
    private mutating func takeLate(_ byte: UInt8, _ inputs: inout [TerminalInput]) {
        switch byte {
        case UInt8(ascii: "["): state = .control(ControlSequence(introducer: [0x1B, byte], isLate: true))
        case UInt8(ascii: "O"): state = .keypad(isLate: true, hasDigits: false)
        default:
            state = .text
            takeText(byte, &inputs)
        }
    }

    /// What comes after a part of the mark of a paste that followed such an Escape alone.
    private mutating func takeLateMark(_ byte: UInt8, _ matched: Int, _ inputs: inout [TerminalInput]) {
        guard byte == ControlSequence.lateMark[matched] else {
            inputs += giveUp()
            return takeText(byte, &inputs)
        }
        state =
            matched + 1 < ControlSequence.lateMark.count
            ? .lateMark(matched + 1) : .paste(Self.paste(after: KeySequences.introducer))
    }

    private static func typed(_ bytes: ArraySlice<UInt8>) -> [TerminalInput] {
        bytes.map { .key(.character(Character(Unicode.Scalar($0)))) }
    }

    private static func paste(after introducer: [UInt8]) -> Paste {
        Paste(end: introducer + KeySequences.pasteEnds, beginning: introducer + KeySequences.pasteBegins)
    }
}

// MARK: - Sequences

extension KeyDecoder {
    private mutating func take(_ byte: UInt8, in sequence: ControlSequence, _ inputs: inout [TerminalInput]) {
        var sequence = sequence
        switch byte {
        case UInt8(ascii: "[") where sequence.bytes.isEmpty: state = .console
        // The shifted keys of rxvt end with a byte that ends nothing elsewhere.
        case UInt8(ascii: "$") where sequence.isOneNumber, 0x40...0x7E:
            sequence.bytes.append(byte)
            state = .text
            end(sequence, &inputs)
        case 0x20...0x3F:
            sequence.append(byte)
            state = .control(sequence)
        default:
            // No part of a sequence: it was cut off.
            state = .text
            takeText(byte, &inputs)
        }
    }

    private mutating func end(_ sequence: ControlSequence, _ inputs: inout [TerminalInput]) {
        if sequence.bytes == KeySequences.pasteBegins {
            state = .paste(Self.paste(after: sequence.introducer))
        } else if let key = described[[0x1B, 0x5B] + sequence.bytes] {
            if !sequence.isLate { inputs.append(.key(key)) }
        } else if sequence.bytes == KeySequences.mouse {
            state = .mouse(left: 3, isInside: false)
        } else if sequence.bytes == KeySequences.drawn {
            inputs.append(.drawn)
        } else if let isFocused = KeySequences.focus[sequence.bytes] {
            inputs.append(.focused(isFocused))
        } else if let mouse = sequence.mouse {
            inputs.append(.mouse(mouse))
        } else if !sequence.isLate, let key = sequence.key {
            inputs.append(.key(key))
        }
    }

    private mutating func takeKeypad(
        _ byte: UInt8, _ isLate: Bool, _ hasDigits: Bool, _ inputs: inout [TerminalInput]
    ) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"):
            state = .keypad(isLate: isLate, hasDigits: true)
        case 0x20...0x7E:
            state = .text
            let key = described[[0x1B, 0x4F, byte]] ?? KeySequences.keypad[byte]
            if let key, !isLate, !hasDigits { inputs.append(.key(key)) }
        default:
            state = .text
            takeText(byte, &inputs)
        }
    }

    private mutating func take(_ byte: UInt8, in reply: Reply, _ inputs: inout [TerminalInput]) {
        var reply = reply
        if !reply.hasBegun, KeySequences.replies[reply.kind]?.contains(byte) != true {
            state = .text
            inputs += [.key(.escape), .key(.character(Character(Unicode.Scalar(reply.kind))))]
            takeText(byte, &inputs)
            return
        }
        if reply.isEnding, byte != UInt8(ascii: "\\") {
            state = .escape
            takeAfterEscape(byte, &inputs)
            return
        }
        reply.hasBegun = true
        let isOver = reply.isEnding || [0x07, 0x18, 0x1A].contains(byte)
        reply.isEnding = byte == 0x1B
        state = isOver ? .text : .reply(reply)
    }

    /// A place above 95 has two bytes where the report is UTF-8; where it is not, that costs the next key.
    private mutating func takeMouse(_ byte: UInt8, left: Int, isInside: Bool, _ inputs: inout [TerminalInput]) {
        if isInside, !(0x80...0xBF).contains(byte) {
            state = left == 1 ? .text : .mouse(left: left - 1, isInside: false)
            take(byte, &inputs)
        } else if !isInside, (0xC2...0xDF).contains(byte) {
            state = .mouse(left: left, isInside: true)
        } else {
            state = left == 1 ? .text : .mouse(left: left - 1, isInside: false)
        }
    }

    /// Takes a byte of a paste; returns whether it was the last.
    private mutating func take(_ byte: UInt8, in paste: inout Paste) -> Bool {
        let isOfBeginning = byte == paste.beginning[paste.matched]
        if byte == paste.end[paste.matched] || isOfBeginning {
            // In the place where they differ.
            if isOfBeginning, byte != paste.end[paste.matched] { paste.isBeginning = true }
            paste.matched += 1
            guard paste.matched == paste.end.count else { return false }
            if !paste.isBeginning, paste.depth == 0 {
                if scalars.isInside { keep([KeyDecoder.standIn.unicodeScalars.first].compactMap(\.self), in: &paste) }
                scalars.reset()
                return true
            }
            paste.depth += paste.isBeginning ? 1 : -1
            keepMatched(in: &paste)
            return false
        }
        keepMatched(in: &paste)
        guard byte != paste.end[0] else {
            paste.matched = 1
            return false
        }
        keep(scalars.take(byte), in: &paste)
        return false
    }

    /// Keeps the part of a mark that was none, or one of the text.
    private mutating func keepMatched(in paste: inout Paste) {
        let mark = paste.isBeginning ? paste.beginning : paste.end
        for byte in mark[..<paste.matched] { keep(scalars.take(byte), in: &paste) }
        paste.matched = 0
        paste.isBeginning = false
    }

    private func keep(_ scalars: [Unicode.Scalar], in paste: inout Paste) {
        for scalar in scalars where paste.size < Self.mostPasted {
            paste.text.append(scalar)
            paste.size += UTF8.width(scalar)
        }
    }
}
