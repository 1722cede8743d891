// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@Suite struct KeyDecoderTests {
    /// The bytes of a terminal in pieces, with a pause between them that is longer than a sequence may be torn.
    struct Typed: Sendable {
        let pieces: [[UInt8]]

        /// The pieces as text.
        static func text(_ pieces: String...) -> Typed { Typed(pieces: pieces.map { Array($0.utf8) }) }

        static func bytes(_ pieces: [UInt8]...) -> Typed { Typed(pieces: pieces) }
    }

    private static func decode(_ typed: Typed, _ decoder: KeyDecoder = KeyDecoder()) -> [TerminalInput] {
        var decoder = decoder
        var inputs: [TerminalInput] = []
        for piece in typed.pieces {
            inputs += decoder.read(piece)
            if decoder.isUndecided { inputs += decoder.pause() }
        }
        return inputs
    }

    private static func keys(_ text: String) -> [TerminalInput] { text.map { .key(.character($0)) } }

    @Test(
        arguments: [
            Row("row 26: digits of the keypad", .text("\u{1B}Op\u{1B}Oq\u{1B}Oy"), keys("019")),
            Row(
                "row 26: signs of the keypad", .text("\u{1B}Oj\u{1B}Ok\u{1B}Ol\u{1B}Om\u{1B}On\u{1B}Oo"), keys("*+,-./")
            ),
            Row("row 26: Enter and = of the keypad", .text("\u{1B}OM\u{1B}OX"), [.key(.enter), .key(.character("="))]),
            Row("a keypad key with a modifier is passed over", .text("\u{1B}O2Pq\u{1B}O5Aq"), keys("qq")),
            Row("8-bit introducers", .bytes([0x9B, 0x41], [0x8F, 0x70]), [.key(.up), .key(.character("0"))]),
            Row("8-bit introducers in UTF-8", .text("\u{9B}A\u{8F}p"), [.key(.up), .key(.character("0"))]),
            Row("F1 of the Linux console", .text("\u{1B}[[A\u{1B}[[E"), [.key(.function(1)), .key(.function(5))]),
            Row("shifted keys of rxvt", .text("\u{1B}[7$\u{1B}[aq"), keys("q")),
            Row("a sequence without an end holds no command", .text("\u{1B}[12;34", "c"), []),
            Row("a sequence that is cut off by Enter", .text("\u{1B}[1\r"), [.key(.enter)]),
            Row("Escape cuts a sequence off", .text("\u{1B}[1\u{1B}[A"), [.key(.up)]),
            Row("a letter with Alt", .text("\u{1B}c"), [.key(.escape), .key(.character("c"))]),
            Row("a letter with Alt that begins a reply", .text("\u{1B}P"), [.key(.escape), .key(.character("P"))]),
            Row("letters behind it", .text("\u{1B}Pc"), [.key(.escape)] + keys("Pc")),
            Row("a reply about the background", .text("\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{07}q"), keys("q")),
            Row(
                "a reply with the other end", .text("\u{1B}]11;rgb:c/c/c\u{1B}\\q\u{1B}P>|tmux 3.3\u{1B}\\q"),
                keys("qq")),
            Row("a torn reply", .text("\u{1B}]11;rgb", ":cccc/cccc", "/cccc\u{07}q"), keys("q")),
            Row("a reply that ends with a key", .text("\u{1B}]11;x\u{1B}[A"), [.key(.up)]),
            Row("what the terminal is", .text("\u{1B}[?62;c\u{1B}[>1;10;0c\u{1B}[24;80Rq"), keys("q")),
            Row("focus", .text("\u{1B}[I\u{1B}[Oq"), [.focused(true), .focused(false)] + keys("q")),
            Row(
                "keys as numbers",
                .text("\u{1B}[97;5u\u{1B}[27;5;99~\u{1B}[113u\u{1B}[27u\u{1B}[13;1u\u{1B}[9;2u"),
                [.key(.control("a")), .key(.control("c"))] + keys("q") + [.key(.escape), .key(.enter), .key(.backTab)]),
            Row(
                "a key as a number that is let go, or with Alt", .text("\u{1B}[99;1:3u\u{1B}[99;3u\u{1B}[27;3;99~q"),
                keys("q")),
            Row(
                "numbers that are no key", .text("\u{1B}[99999999u\u{1B}[;u\u{1B}[55296u\u{1B}[u\u{1B}[27;;~q"),
                keys("q")),
        ] as [Row<Typed, [TerminalInput]>])
    func sequencesAreKeysOrPassedOver(_ row: Row<Typed, [TerminalInput]>) {
        #expect(Self.decode(row.input) == row.expected)
    }

    @Test(
        arguments: [
            Row(
                "row 28: the oldest encoding, column 67", .bytes([0x1B, 0x5B, 0x4D, 0x20, 0x63, 0x25], [0x71]),
                keys("q")),
            Row("row 28: column 81", .bytes([0x1B, 0x5B, 0x4D, 0x20, 0x71, 0x25, 0x71]), keys("q")),
            Row("row 28: torn", .bytes([0x1B, 0x5B], [0x4D], [0x20], [0x63], [0x25], [0x71]), keys("q")),
            Row("a place that is Escape", .bytes([0x1B, 0x5B, 0x4D, 0x20, 0x1B, 0x25, 0x71]), keys("q")),
            Row("a place above 127", .bytes([0x1B, 0x5B, 0x4D, 0x20, 0xF0, 0x9F, 0x71]), keys("q")),
            Row("UTF-8", .bytes([0x1B, 0x5B, 0x4D, 0x20, 0xC2, 0xA3, 0xC3, 0x85, 0x71]), keys("q")),
            Row("row 28: SGR, other buttons and releases", .text("\u{1B}[<2;67;5M\u{1B}[<0;67;5mq"), keys("q")),
            Row("row 28: urxvt", .text("\u{1B}[32;67;5Mq"), keys("q")),
        ] as [Row<Typed, [TerminalInput]>])
    func mouseReportsArePassedOver(_ row: Row<Typed, [TerminalInput]>) {
        #expect(Self.decode(row.input) == row.expected)
    }

    @Test(
        arguments: [
            Row(
                "row 27: the start torn behind Escape", .text("\u{1B}", "[200~call\u{1B}[201~"),
                [.key(.escape), .paste("call")]),
            Row("row 27: behind [", .text("\u{1B}[", "200~call\u{1B}[201~"), [.paste("call")]),
            Row("row 27: in the number", .text("\u{1B}[20", "0~call\u{1B}[201~"), [.paste("call")]),
            Row(
                "row 27: everywhere", .text("\u{1B}", "[", "2", "0", "0", "~", "c", "\u{1B}", "[", "2", "0", "1", "~"),
                [.key(.escape), .paste("c")]),
            Row("the end torn", .text("\u{1B}[200~c\u{1B}", "[201~q"), [.paste("c")] + keys("q")),
            Row(
                "what is like an end", .text("\u{1B}[200~a\u{1B}[201\u{1B}\u{1B}[201~q"),
                [.paste("a·[201·")] + keys("q")),
            Row(
                "keys and marks inside", .text("\u{1B}[200~q\u{1B}[A\u{1B}[200~c\ny\u{1B}[201~\u{1B}[201~"),
                [.paste("q·[A·[200~c y·[201~")]),
            Row("a mark inside that is never ended", .text("\u{1B}[200~q\u{1B}[200~c\u{1B}[201~y"), []),
            Row(
                "with an 8-bit introducer", .bytes([0x9B] + Array("200~c".utf8) + [0x9B] + Array("201~q".utf8)),
                [.paste("c")] + keys("q")),
            Row("an end without a beginning", .text("\u{1B}[201~q"), keys("q")),
            Row("an empty one", .text("\u{1B}[200~\u{1B}[201~"), [.paste("")]),
            Row(
                "row 29: a Latin-1 byte",
                .bytes(Array("\u{1B}[200~caf".utf8) + [0xE9] + Array(" 7 Euro\u{1B}[201~".utf8)),
                [.paste("caf\u{FFFD} 7 Euro")]),
            Row(
                "a character that is cut off by the end",
                .bytes(Array("\u{1B}[200~caf".utf8) + [0xC3] + Array("\u{1B}[201~q".utf8)),
                [.paste("caf\u{FFFD}")] + keys("q")),
            Row(
                "a torn character",
                .bytes(Array("\u{1B}[200~".utf8) + [0xE2], [0x82], [0xAC] + Array("\u{1B}[201~".utf8)), [.paste("€")]),
        ] as [Row<Typed, [TerminalInput]>])
    func aPasteIsNeverKeys(_ row: Row<Typed, [TerminalInput]>) {
        #expect(Self.decode(row.input) == row.expected)
    }

    @Test(
        arguments: [
            Row("row 29: a Latin-1 byte in a burst", .bytes([0x63, 0xE9, 0x64]), keys("c\u{FFFD}d")),
            Row("at its end: it may be the beginning of a character", .bytes([0x63, 0xE9]), keys("c")),
            Row("before a key that comes later", .bytes([0x63, 0xE9], [0x71]), keys("c\u{FFFD}q")),
            Row("a character in two pieces", .bytes([0x66, 0xC3], [0xA9, 0x20]), keys("fé ")),
            Row("one of three bytes in three", .bytes([0xE2], [0x82], [0xAC]), keys("€")),
            Row(
                "a reply of any length",
                .text("\u{1B}]52;c;" + String(repeating: "q", count: 20_000), "c\t", "\r\u{07}q"), keys("q")),
            Row("before a sequence", .bytes([0xE9, 0x1B, 0x5B, 0x41]), keys("\u{FFFD}") + [.key(.up)]),
            Row("before a character", .bytes([0xE9, 0xC3, 0xA9]), keys("\u{FFFD}é")),
            Row(
                "halves of a pair and longer forms", .bytes([0xED, 0xA0, 0x80, 0xC0, 0xAF, 0x71]),
                keys("\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}q")),
            Row("torn, without a long pause", .bytes([0xE4, 0xB8, 0x96]), keys("世")),
        ] as [Row<Typed, [TerminalInput]>])
    func aByteThatIsNoTextHasAStandIn(_ row: Row<Typed, [TerminalInput]>) {
        #expect(Self.decode(row.input) == row.expected)
    }

    @Test(
        arguments: [
            Row("row 27: a torn arrow in one piece", .text("\u{1B}[C"), [.key(.right)]),
            Row("torn for too long behind Escape", .text("\u{1B}", "[C", "q"), [.key(.escape)] + keys("q")),
            Row("torn behind [", .text("\u{1B}[", "C"), [.key(.right)]),
            Row("torn behind O", .text("\u{1B}O", "C"), [.key(.right)]),
            Row(
                "torn for too long behind Escape, of the keypad", .text("\u{1B}", "OC", "q"),
                [.key(.escape)] + keys("q")),
            Row("Escape and a letter later", .text("\u{1B}", "q"), [.key(.escape)] + keys("q")),
            Row("Escape and O later", .text("\u{1B}", "O", "q"), [.key(.escape)] + keys("Oq")),
            Row("Escape twice", .text("\u{1B}", "\u{1B}"), [.key(.escape), .key(.escape)]),
            Row("Escape and an arrow later", .text("\u{1B}", "\u{1B}[A"), [.key(.escape), .key(.up)]),
        ] as [Row<Typed, [TerminalInput]>])
    func aTornSequenceHoldsNoCommand(_ row: Row<Typed, [TerminalInput]>) {
        #expect(Self.decode(row.input) == row.expected)
    }

    @Test func theTerminalsOwnDescriptionCountsFirst() {
        let described: [[UInt8]: Key] = [
            Array("\u{1B}[M".utf8): .function(1), Array("\u{1B}A".utf8): .up, Array("\u{1B}OC".utf8): .end,
        ]
        let inputs = Self.decode(.text("\u{1B}[Mq\u{1B}A\u{1B}OC"), KeyDecoder(described: described))
        #expect(inputs == [.key(.function(1)), .key(.character("q")), .key(.up), .key(.end)])
    }

    @Test func aTerminalOfOneByteACharacterIsReadAsSuch() {
        var high = (128...255).map(UInt32.init)
        high[0xA4 - 128] = 0x20AC
        high[0xFF - 128] = 0
        let decoder = KeyDecoder(encoding: .singleByte(high: high))
        let typed = Typed.bytes(
            [0xE9, 0xA4, 0xFF, 0x9B, 0x41] + Array("\u{1B}[200~".utf8) + [0xE9] + Array("\u{1B}[201~".utf8))
        #expect(Self.decode(typed, decoder) == Self.keys("é€\u{FFFD}") + [.key(.up), .paste("é")])
    }

    @Test func aLongPasteIsCutAndStillNoKeys() {
        let text = String(repeating: "€", count: 5000)
        let inputs = Self.decode(.text("\u{1B}[200~\(text)\u{1B}[201~q"))
        #expect(inputs == [.paste(String(text.prefix(1366))), .key(.character("q"))])
    }

    @Test func anUnfinishedPasteCanBeForgotten() {
        var decoder = KeyDecoder()
        #expect(decoder.read(Array("\u{1B}[200~call".utf8)).isEmpty && decoder.isInPaste && !decoder.isUndecided)
        decoder.reset()
        #expect(decoder.read(Array("q".utf8)) == [.key(.character("q"))])
    }
}
