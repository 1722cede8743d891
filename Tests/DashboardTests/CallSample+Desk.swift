// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport

extension [CallSample] {
    /// A quarter of an hour at a desk with four lines, one of which an operator closed on the way; for pictures.
    static let desk: [CallSample] = zip(courses.indices, courses).map { index, course in
        let at = Double(index) * 41 + Double(index * index % 17)
        let call = CallSample("p-\(index)", from: callers[index * 5 % callers.count], at: at)
            .with(\.microseconds, 180 + UInt64(index * index * 37 % 260))
        let (number, name) = course.line
        let answered = course.answer(call.with(\.to, number).with(\.calledName, name))
        if case .rejected = answered.kind { return answered }
        if case .failing = course {
            return answered.live().then(.status(.endedWithError, reason: "TTS provider refused the key"), after: 9)
        }
        guard index < courses.count - 6 else { return index == courses.count - 1 ? answered : answered.live() }
        return answered.live().ended(seconds: 38 + index * 61 % 290, after: 60)
    }

    private enum Course {
        case vip, usual, german, model, demo, closed, hours, blocked, failing

        var line: (number: String, name: String) {
            switch self {
            case .vip, .usual, .blocked, .failing: ("+31201234567", "Front desk")
            case .german, .demo: ("+31850835037", "Demo line")
            case .model, .closed: ("+31201234568", "Billing")
            case .hours: ("+31701234569", "Press")
            }
        }

        func answer(_ call: CallSample) -> CallSample {
            switch self {
            case .vip: call.greeted("Hallo Jan, leuk dat je belt! Hoe kan ik je helpen?")
            case .usual: call.standard()
            case .german: call.greeted("Guten Tag, wie kann ich helfen?").with(\.by, .rule("german speakers"))
            case .model:
                call.with(\.kind, .override).with(\.words, "llm openai gpt-4o").with(\.by, .rule("billing questions"))
            case .demo: call.with(\.kind, .limit).with(\.words, "at most 300 s").with(\.by, .rule("demo"))
            case .closed:
                call.rejected(
                    "Billing is closed because of a fire drill. Please call back at four.",
                    by: .override(.line("+31201234568")))
            case .hours: call.rejected("The press office is open from nine to five.", by: .hours("press"))
            case .blocked: call.rejected("Please write to us.", by: .rule("blocked"))
            case .failing: call.greeted("Good afternoon, this is the front desk.").with(\.by, .rule("english"))
            }
        }
    }

    private static let courses: [Course] = [
        .usual, .hours, .vip, .model, .usual, .german, .demo, .usual, .model, .blocked, .vip, .usual, .failing, .german,
        .hours, .usual, .closed, .vip, .closed, .demo, .usual, .german, .closed, .vip,
    ]

    private static let callers: [String?] = [
        "+31612345678", "+494066969451", "+442079460101", nil, "+31605550112", "+31205550146", "+33142685300",
        "+31605550156", "+32400550146", "+12125550123", "+31605550203",
    ]
}
