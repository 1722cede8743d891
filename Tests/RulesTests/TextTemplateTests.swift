// SPDX-License-Identifier: Apache-2.0

import Rules
import Testing

@Suite struct TextTemplateTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let text: String
        let pieces: [TextTemplate.Piece]
        var testDescription: String { text }

        init(_ text: String, _ pieces: TextTemplate.Piece...) {
            self.text = text
            self.pieces = pieces
        }
    }

    @Test(arguments: [
        Example(""),
        Example("Hello", .text("Hello")),
        Example("{{caller.number}}", .hole(.callerNumber, fallback: "")),
        Example("To {{ line.name | our desk }}!", .text("To "), .hole(.lineName, fallback: " our desk "), .text("!")),
        Example("{{call.id}}{{time.hour}}", .hole(.callID, fallback: ""), .hole(.timeHour, fallback: "")),
        Example("{{line.number|a|b}}", .hole(.lineNumber, fallback: "a|b")),
        Example("{{schema}} and {{transcript}}", .text("{{schema}} and {{transcript}}")),
        Example("{{schema}} {{call.id}}", .text("{{schema}} "), .hole(.callID, fallback: "")),
        Example("{{{call.id}}}", .text("{"), .hole(.callID, fallback: ""), .text("}")),
        Example("{{ {{call.id}}", .text("{{ "), .hole(.callID, fallback: "")),
        Example("{{call.id", .text("{{call.id")),
        Example("{{}}", .text("{{}}")),
        Example("}} {{", .text("}} {{")),
    ])
    func findsTheHoles(_ example: Example) {
        #expect(TextTemplate(parsing: example.text).pieces == example.pieces)
    }

    @Test(arguments: [
        ("", true), ("  ", true), ("{{caller.number}}", true), (" {{caller.number| }}", true),
        ("{{caller.number|there}}", false), ("Hi {{caller.number}}", false), ("{{schema}}", false),
    ])
    func knowsWhetherACallerMayHearNothing(text: String, mayBeEmpty: Bool) {
        #expect(TextTemplate(parsing: text).mayBeEmpty == mayBeEmpty)
    }

    @Test func aLiteralTextHasNoHoles() {
        #expect(TextTemplate(literal: "{{call.id}}").isLiteral)
        #expect(TextTemplate(parsing: "plain").isLiteral)
        #expect(!TextTemplate(parsing: "{{call.id}}").isLiteral)
    }
}
