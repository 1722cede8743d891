// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import TestSupport
import Testing

@Suite struct DamagedWebhookTests {
    /// A webhook with every kind of value in it, the tolerated ones too.
    private static let rich = WebhookBody.sample {
        $0.type = "end-of-call-report"
        $0.more = [
            .init("duration_seconds", 252), .init("summary", "Vroeg naar \u{1F4DE} \"uren\"\n"),
            .init("big", .number("1e999")),
            .init("bigger", .number("-18446744073709551616")), .init("analysis", [true, false, nil, .number("1.5")]),
            .init("assistant", ["metadata": ["switchboard": ["decision": "d-1"]]]),
        ]
    }.text.replacing("uren", with: #"\ud83d uren \ud83d\ude39"#)

    @Test(arguments: [WebhookBody.sample().text, rich])
    func everyStrictPrefixIsRefused(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(Decoded(bytes).webhook != nil)
        for count in bytes.indices {
            #expect(Decoded(Array(bytes[..<count])).isNotJSON, "cut behind \(count) bytes")
        }
    }

    @Test(arguments: [WebhookBody.sample().text, rich])
    func randomDamageIsEitherReadOrRefusedAndLeavesTheNextWebhookAlone(_ text: String) {
        let good = Array(text.utf8)
        let expected = Decoded(good)
        var random = SeededGenerator(seed: 1)
        for _ in 0..<4000 {
            _ = Decoded(damaged(good, using: &random))
        }
        #expect(Decoded(good) == expected)
    }

    private func damaged(_ good: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = good
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let at = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(Array("\"\\{}[]:,0e-.u\u{7}".utf8).randomElement(using: &random) ?? 0, at: at)
            case 3: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            default: bytes += bytes[at...].prefix(40)
            }
        }
        return bytes
    }

    @Test(arguments: [1 << 10, 1 << 16, 1 << 20, 3 << 20])
    func largeBodiesAreReadWhole(_ size: Int) {
        let summary = String(repeating: "é\\\"", count: size / 6)
        let body = WebhookBody.sample {
            $0.type = "end-of-call-report"
            $0.more = [.init("summary", .string(summary))]
        }
        let report = CallReport(seconds: nil, summary: summary, endReason: nil)
        #expect(Decoded(body.bytes).webhook?.event == .report(report))
        #expect(Decoded(WebhookBody.sample().bytes).webhook?.event == .assistantRequest)
    }

    @Test func aLargeBodyFullOfToleratedPlacesIsReadInGoodTime() {
        let item = #"["\ud800",1e999],"#
        let text = "[" + String(repeating: item, count: (1 << 20) / item.utf8.count) + "0]"
        let started = ContinuousClock.now
        #expect(Decoded(JSONCase(text).webhook).webhook?.event == .other(type: "x"))
        // Reading again from the start at every place would take minutes.
        #expect(ContinuousClock.now - started < .seconds(60))
    }

    @Test func manyThreadsReadAtOnce() async {
        let bodies = (0..<64).map { index in WebhookBody.sample { $0.call = ["id": .string("c-\(index)")] }.bytes }
        await withTaskGroup(of: Bool.self) { group in
            for (index, bytes) in bodies.enumerated() {
                group.addTask {
                    (0..<50).allSatisfy { _ in Decoded(bytes).webhook?.call.callID == CallID("c-\(index)") }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
