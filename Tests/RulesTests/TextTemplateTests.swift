// SPDX-License-Identifier: Apache-2.0

import Rules
import Testing

@Suite struct TextTemplateTests {
    @Test(
        arguments: [
            ("", []),
            ("Hello", [.text("Hello")]),
            ("{{caller.number}}", [.hole(.init(.callerNumber))]),
            (
                "To {{ line.name | our desk }}!",
                [.text("To "), .hole(.init(.lineName, fallback: " our desk ")), .text("!")]
            ),
            ("{{call.id}}{{time.hour}}", [.hole(.init(.callID)), .hole(.init(.timeHour))]),
            ("{{line.number|a|b}}", [.hole(.init(.lineNumber, fallback: "a|b"))]),
            ("{{schema}} and {{transcript}}", [.text("{{schema}} and {{transcript}}")]),
            ("{{schema}} {{call.id}}", [.text("{{schema}} "), .hole(.init(.callID))]),
            ("{{{call.id}}}", [.text("{"), .hole(.init(.callID)), .text("}")]),
            ("{{ {{call.id}}", [.text("{{ "), .hole(.init(.callID))]),
            ("{{call.id", [.text("{{call.id")]),
            ("{{}}", [.text("{{}}")]),
            ("}} {{", [.text("}} {{")]),
        ] as [(String, [TextTemplate.Piece])])
    func findsTheHoles(text: String, pieces: [TextTemplate.Piece]) {
        #expect(TextTemplate(parsing: text).pieces == pieces)
    }

    @Test(arguments: [
        ("", true), ("  ", true), ("{{caller.number}}", true), (" {{caller.number| }}", true),
        ("{{caller.number|there}}", false), ("Hi {{caller.number}}", false), ("{{schema}}", false),
    ])
    func knowsWhetherACallerMayHearNothing(text: String, mayBeEmpty: Bool) {
        #expect(TextTemplate(parsing: text).mayBeEmpty() == mayBeEmpty)
    }

    @Test func aLiteralTextHasNoHoles() {
        #expect(TextTemplate(literal: "{{call.id}}").isLiteral)
        #expect(TextTemplate(parsing: "plain").isLiteral)
        #expect(!TextTemplate(parsing: "{{call.id}}").isLiteral)
    }
}
