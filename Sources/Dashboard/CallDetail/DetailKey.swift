// SPDX-License-Identifier: Apache-2.0

import Screen

/// Looking into one call.
enum DetailKey: CaseIterable, Sendable {
    case olderCall, newerCall, timeline, request, answer, why, report, nextTab, previousTab

    var binding: Binding {
        switch self {
        case .olderCall: bind([.character("J")], "J", "older", "open the next older call", bar: 5)
        case .newerCall: bind([.character("K")], "K", "newer", "open the next newer call", bar: 6)
        case .timeline: bind([.character("1")], "1", "timeline", "every webhook of the call, with its time")
        case .request: bind([.character("2")], "2", "request", "the request of the platform, byte for byte")
        case .answer: bind([.character("3")], "3", "answer", "our answer, byte for byte")
        case .why: bind([.character("4")], "4", "why", "every step that the decision considered")
        case .report:
            bind([.character("5")], "5", "report", "the report: summary, analysis, tool calls, transcript")
        case .nextTab: bind([.tab, .right], "Tab", "tabs", "the next tab", bar: 4)
        case .previousTab: bind([.backTab, .left], "S-Tab", "tabs", "the previous tab")
        }
    }

    private func bind(_ keys: [Key], _ text: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, text, name, help, in: .detail, contexts: [.detail], bar: bar)
    }
}
