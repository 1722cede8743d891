// SPDX-License-Identifier: Apache-2.0

import Calls

/// More than `moreThan` calls within `withinSeconds`, including the call to answer.
package struct CallLimit: Hashable, Sendable {
    package let moreThan: Int
    package let withinSeconds: Int

    package init(moreThan: Int, withinSeconds: Int) {
        precondition(moreThan > 0 && withinSeconds > 0, "a limit counts calls within a time")
        self.moreThan = moreThan
        self.withinSeconds = withinSeconds
    }
}

/// The test that a caller or a line has more calls than a limit.
package struct CallCount: CallTest {
    /// Whose calls are counted.
    package enum Subject: Sendable {
        case caller, line
    }

    let subject: Subject
    let limit: CallLimit

    package init(_ subject: Subject, _ limit: CallLimit) {
        self.subject = subject
        self.limit = limit
    }

    func holds(in context: EvaluationContext, hours: [HoursTable]) -> Bool { count(in: context) > limit.moreThan }

    func reason(_ held: Bool, in context: EvaluationContext, hours: [HoursTable]) -> String {
        let whose =
            switch subject {
            case .caller: "the caller's"
            case .line: "the line's"
            }
        let time = ElapsedText.of(seconds: limit.withinSeconds)
        if held { return "more than \(limit.moreThan) of \(whose) calls came within \(time)" }
        return "this is call \(count(in: context)) of \(whose) calls within \(time), \(limit.moreThan) are allowed"
    }

    func implies(_ other: any CallTest, _ references: RuleReferences) -> Bool {
        if let seen = other as? SeenBefore { return subject == .caller && limit.withinSeconds <= seen.withinSeconds }
        guard let other = other as? CallCount, subject == other.subject else { return false }
        return limit.moreThan >= other.limit.moreThan && limit.withinSeconds <= other.limit.withinSeconds
    }

    func outcome(without lack: Lack) -> Bool? { subject == .caller && lack == .number ? false : nil }

    var rememberedCalls: Int { limit.moreThan + 1 }

    /// How many calls came within the limit's time, this one included; exact up to one above the limit.
    private func count(in context: EvaluationContext) -> Int {
        let earlier = context.facts.earlier
        switch subject {
        case .caller:
            guard context.call.caller.number != nil else { return 0 }
            return earlier.count(fromCallerWithin: limit.withinSeconds, before: context.now) + 1
        case .line:
            guard context.call.called.number != nil else { return 0 }
            return earlier.count(toLineWithin: limit.withinSeconds, before: context.now) + 1
        }
    }
}

/// The test that the caller called before, at most `withinSeconds` ago.
package struct SeenBefore: CallTest {
    let withinSeconds: Int

    package init(withinSeconds: Int) {
        self.withinSeconds = withinSeconds
    }

    func holds(in context: EvaluationContext, hours: [HoursTable]) -> Bool {
        context.facts.earlier.count(fromCallerWithin: withinSeconds, before: context.now) > 0
    }

    func reason(_ held: Bool, in context: EvaluationContext, hours: [HoursTable]) -> String {
        guard let last = context.facts.earlier.fromCaller.first else {
            return "no earlier call of the caller is remembered"
        }
        let ago = ElapsedText.of(seconds: Int(context.now.microseconds(since: last) / 1_000_000))
        return "the caller called \(ago) ago, \(held ? "" : "not ")within \(ElapsedText.of(seconds: withinSeconds))"
    }

    func implies(_ other: any CallTest, _ references: RuleReferences) -> Bool {
        (other as? SeenBefore).map { withinSeconds <= $0.withinSeconds } ?? false
    }

    var rememberedCalls: Int { 1 }
}

/// A length of time in words, in the largest unit that divides it.
private enum ElapsedText {
    static func of(seconds: Int) -> String {
        let units = [("d", 86_400), ("h", 3600), ("m", 60)]
        guard seconds > 0, let (name, size) = units.first(where: { seconds % $0.1 == 0 }) else { return "\(seconds)s" }
        return "\(seconds / size)\(name)"
    }
}
