// SPDX-License-Identifier: Apache-2.0

import Calls
import Testing

struct WebhookEventTests {
    private static let report = CallReport(seconds: 41, summary: "Asked for Anna.", endReason: "user_hangup")

    /// One event of each type, with all its texts.
    private static let events: [(event: Webhook.Event, texts: [String], bytes: Int)] = [
        (.assistantRequest, [], 0),
        (.status(.ended, reason: "busy"), ["ended", "busy"], 9),
        (.toolCalls(names: ["book", "find"]), ["book", "find"], 40),
        (.report(report), ["Asked for Anna.", "user_hangup"], 26),
        (.other(type: "speech"), ["speech"], 6),
    ]

    @Test(arguments: events) func everyTextIsChanged(event: Webhook.Event, texts: [String], bytes: Int) {
        var seen: [String] = []
        let same = event.mapTexts { _, text in
            seen.append(text)
            return text
        }
        #expect(seen == texts)
        #expect(same == event)
        #expect(event.textBytes == bytes)
    }

    @Test(arguments: events) func aCutEventKeepsItsType(event: Webhook.Event, texts: [String], bytes: Int) {
        #expect(event.cut(to: 400) == event)
        let cut = event.cut(to: 2)
        #expect(cut.kind == event.kind)
        #expect(cut.textBytes <= bytes)
        _ = cut.mapTexts { _, text in
            #expect(text.utf8.count <= 2)
            return text
        }
    }

    @Test func aListIsCutAsAWhole() {
        let names = (0..<20).map { "tool number \($0)" }
        let cut = Webhook.Event.toolCalls(names: names).cut(to: 80)
        #expect(cut == .toolCalls(names: Array(repeating: "tool numbe", count: 8)))
    }

    @Test func onlyWhatWasSaidIsATranscript() {
        let without = Self.events.map(\.event.withoutTranscript)
        let expected = CallReport(seconds: 41, summary: "", endReason: "user_hangup")
        #expect(without == Self.events.map { $0.event == .report(Self.report) ? .report(expected) : $0.event })
    }

    @Test func aCallMovesOnByItsWebhooks() {
        #expect(
            Self.events.map(\.event.progress) == [
                .none, .reaches(.ended, reason: "busy"), .reaches(.inProgress, reason: nil), .over(Self.report), .none,
            ])
    }
}
