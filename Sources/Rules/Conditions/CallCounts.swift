// SPDX-License-Identifier: Apache-2.0

package import Calls

/// More than `moreThan` calls within a time, including the call to answer.
package struct CallLimit: Hashable, Sendable {
    package let moreThan: Int
    package let within: CountedTime

    package init(moreThan: Int, within: CountedTime) {
        precondition(moreThan > 0 && within.mostSeconds > 0, "a limit counts calls within a time")
        self.moreThan = moreThan
        self.within = within
    }

    package init(moreThan: Int, withinSeconds: Int) {
        self.init(moreThan: moreThan, within: .seconds(withinSeconds))
    }
}

/// What has to be counted for the rules of a file.
package struct CallCounting: Equatable, Sendable {
    /// What is remembered of earlier calls.
    package var memory = CallMemory.none
    /// Whether the live calls of lines are counted.
    package var isLive = false

    /// What is counted for several conditions.
    static func all(_ parts: some Sequence<CallCounting>) -> CallCounting {
        parts.reduce(into: CallCounting()) { all, part in
            all.memory = all.memory.union(part.memory)
            all.isLive = all.isLive || part.isLive
        }
    }
}

/// The test that a caller or a line has more calls than a limit.
package struct CallCount: CallTest {
    /// Whose calls are counted.
    package enum Subject: Sendable {
        case caller, line
        /// The caller, as far as the calls came in on the same line.
        case callerToLine
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
            case .caller: "the caller's calls"
            case .line: "the line's calls"
            case .callerToLine: "the caller's calls to this line"
            }
        let time = limit.within.words
        if held { return "more than \(limit.moreThan) of \(whose) came \(time)" }
        return "this is call \(count(in: context)) of \(whose) \(time), \(limit.moreThan) are allowed"
    }

    func implies(_ other: any CallTest, _ references: RuleReferences) -> Bool {
        if let seen = other as? SeenBefore { return subject == .caller && limit.within.isWithin(seen.within) }
        guard let other = other as? CallCount, subject == other.subject else { return false }
        return limit.moreThan >= other.limit.moreThan && limit.within.isWithin(other.limit.within)
    }

    func outcome(without lack: Lack) -> Bool? {
        switch (subject, lack) {
        case (.caller, .number), (.callerToLine, .number): false
        case (.line, .number), (_, .contact): nil
        }
    }

    var counting: CallCounting {
        // The call to answer is one more.
        let (most, seconds) = (limit.moreThan + 1, limit.within.mostSeconds)
        let memory =
            switch subject {
            case .caller: CallMemory(ofCaller: most, seconds: seconds)
            case .line: CallMemory(ofLine: most, seconds: seconds)
            case .callerToLine: CallMemory(ofCallerToLine: most, seconds: seconds)
            }
        return CallCounting(memory: memory)
    }

    /// How many calls came within the limit's time, this one included; exact up to one above the limit.
    private func count(in context: EvaluationContext) -> Int {
        let earlier = context.facts.earlier
        let moments: [Instant]
        switch subject {
        case .caller:
            guard context.call.caller.number != nil else { return 0 }
            moments = earlier.fromCaller
        case .line:
            guard context.call.called.number != nil else { return 0 }
            moments = earlier.toLine
        case .callerToLine:
            guard context.call.caller.number != nil, context.call.called.number != nil else { return 0 }
            moments = earlier.fromCallerToLine
        }
        return EarlierCalls.count(moments, from: context.start(of: limit.within)) + 1
    }
}

/// The test that the caller called before, within a time.
package struct SeenBefore: CallTest {
    let within: CountedTime

    package init(within: CountedTime) {
        self.within = within
    }

    func holds(in context: EvaluationContext, hours: [HoursTable]) -> Bool {
        EarlierCalls.count(context.facts.earlier.fromCaller, from: context.start(of: within)) > 0
    }

    func reason(_ held: Bool, in context: EvaluationContext, hours: [HoursTable]) -> String {
        guard let last = context.facts.earlier.fromCaller.first else {
            return "no earlier call of the caller is remembered"
        }
        let ago = ElapsedText.of(seconds: Int(context.now.microseconds(since: last) / 1_000_000))
        return "the caller called \(ago) ago, \(held ? "" : "not ")\(within.words)"
    }

    func implies(_ other: any CallTest, _ references: RuleReferences) -> Bool {
        (other as? SeenBefore).map { within.isWithin($0.within) } ?? false
    }

    var counting: CallCounting {
        CallCounting(memory: CallMemory(ofCaller: 1, seconds: within.mostSeconds))
    }
}

/// The test that a line or its group has more live calls than a limit, this call included.
package struct LiveCallCount: CallTest {
    /// Whose calls are counted.
    package enum Subject: String, Sendable {
        case line
        /// The lines of the group that the line is in.
        case group
    }

    let subject: Subject
    let moreThan: Int

    package init(_ subject: Subject, moreThan: Int) {
        self.subject = subject
        self.moreThan = moreThan
    }

    func holds(in context: EvaluationContext, hours: [HoursTable]) -> Bool { count(in: context) > moreThan }

    func reason(_ held: Bool, in context: EvaluationContext, hours: [HoursTable]) -> String {
        let count = count(in: context)
        guard count > 0 else {
            switch subject {
            case .line: return "the request names no called number"
            case .group: return context.line == nil ? "\(context.call.called) is in no line" : "the line is in no group"
            }
        }
        let calls = CountText.words(count, "live call")
        return "with this call the \(subject.rawValue) has \(calls), "
            + (held ? "more than \(moreThan)" : "\(moreThan) are allowed")
    }

    func implies(_ other: any CallTest, _ references: RuleReferences) -> Bool {
        guard let other = other as? LiveCallCount, subject == other.subject else { return false }
        return moreThan >= other.moreThan
    }

    var counting: CallCounting { CallCounting(isLive: true) }

    /// The live calls with this one; 0 where the call came in on no line, or on one without a group.
    private func count(in context: EvaluationContext) -> Int {
        switch subject {
        case .line: context.call.called.number == nil ? 0 : context.facts.live.onLine + 1
        case .group: context.line?.group == nil ? 0 : context.facts.live.inGroup + 1
        }
    }
}

extension EvaluationContext {
    /// When a time begins that counts up to now, on the line's clock.
    fileprivate func start(of time: CountedTime) -> Instant {
        let zone = zone
        return time.start(before: now, on: LocalClock { zone.offset(at: $0) })
    }
}

extension CountedTime {
    /// In words: `within 10m`, `this month`.
    fileprivate var words: String {
        switch self {
        case .seconds(let seconds): "within \(ElapsedText.of(seconds: seconds))"
        case .calendar(.day): "today"
        case .calendar(let period): "this \(period.rawValue)"
        }
    }
}

/// A length of time in words, in the largest unit that divides it.
private enum ElapsedText {
    static func of(seconds: Int) -> String {
        let units = [("d", 86_400), ("h", 3600), ("m", 60)]
        guard seconds > 0, let (name, size) = units.first(where: { seconds % $0.1 == 0 }) else { return "\(seconds)s" }
        return "\(seconds / size)\(name)"
    }
}
