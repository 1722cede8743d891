// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport

extension [CallSample] {
    /// A quarter of an hour: every kind of answer, every state.
    static let varied: [CallSample] = over + going

    private static let summary =
        "Asked about opening hours and wanted to know whether the desk is open on Ascension Day. "
        + "Promised to call back tomorrow."

    /// Calls of which no more is to be expected.
    private static let over: [CallSample] = [
        CallSample("c-01", from: "+49301820000", at: 10).standard().ended(),
        CallSample("c-02", from: "+31206641234", at: 40).with(\.calledName, nil).with(\.to, "+31850000000")
            .rejected("This number is not in service.", by: .unknownLine),
        CallSample("c-03", at: 95).live().ended(seconds: 252, summary: summary),
        CallSample("c-04", from: "+4915123456789", at: 130).greeted("Guten Tag, wie kann ich helfen?")
            .with(\.by, .rule("german speakers")).live()
            .then(.status(.endedWithError, reason: "TTS provider refused the key"), after: 9),
        CallSample("c-06", from: nil, at: 260).rejected(by: .hours("office")).with(\.microseconds, 200),
        CallSample("c-07", from: "+31688899001", at: 300).standard(by: .deadline).with(\.microseconds, 4_001_000),
    ]

    /// Calls that go on.
    private static let going: [CallSample] = [
        CallSample("c-05", from: "+31655501234", at: 320).with(\.kind, .override).with(\.words, "llm openai gpt-4o")
            .with(\.microseconds, 1_180_000).then(.status(.inProgress, reason: nil), after: 2, echo: .untagged),
        CallSample("c-08", from: "+33142685300", at: 480).with(\.lineName, "HMS Sovereign Demo").with(\.kind, .limit)
            .with(\.words, "at most 300 s").with(\.by, .rule("demo")).live(after: 3)
            .then(.toolCalls(names: ["transfer_call", "look_up_order"]), after: 20),
        CallSample("c-09", from: "+31612340000", at: 500).with(\.isAsked, false)
            .then(.status(.inProgress, reason: nil), after: 0),
        CallSample("c-10", from: "anonymous", at: 530).with(\.kind, .analysis).with(\.words, "analysis of the call")
            .with(\.by, .rule("survey")).live(after: 4),
        CallSample("c-11", at: 541.02).live().then(.assistantRequest, after: 3),
        CallSample("c-12", from: "+12125550123", at: 560).with(\.by, .override(.all))
            .greeted("Good afternoon, this is the front desk of HMS Sovereign. How can I help?"),
    ]
}
