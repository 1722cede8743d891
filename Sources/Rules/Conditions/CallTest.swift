// SPDX-License-Identifier: Apache-2.0

import Calls

/// One thing that a condition asks of a call.
///
/// `Condition.Test` lists the kinds. Deciding a call goes through its switch, which costs no dynamic call; whoever
/// explains, indexes or compares conditions uses this protocol.
protocol CallTest: Equatable, Sendable {
    func holds(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Bool

    /// The same, where the contact may be unavailable or a value unreadable.
    func truth(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Truth

    /// Whether the test is undetermined for some calls.
    var mayBeUndetermined: Bool { get }

    /// Explains why the test passes or fails.
    func reason(_ held: Bool, in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> String

    /// Explains why the test passes, fails or is undetermined.
    func reason(_ truth: Truth, in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> String

    /// Whether the other test passes for every call for which this one does, as far as the two show by themselves.
    func implies(_ other: any CallTest, _ references: RuleReferences) -> Bool

    /// Whether no call passes both tests, as far as the two show by themselves.
    func excludes(_ other: any CallTest) -> Bool

    /// Whether the other test fails for every call for which this one passes, as far as the two show by themselves.
    ///
    /// A test that excludes another refutes it too, unless the other may be undetermined.
    func refutes(_ other: any CallTest) -> Bool

    /// The same test as several of which one must pass; empty where it cannot be split.
    var alternatives: [Condition.Test] { get }

    /// The result for every call that lacks this; `nil` where it depends on more.
    func outcome(without lack: Lack) -> Bool?

    /// What the calls that pass have in common to lack: a call passes if and only if it lacks this.
    var lack: Lack? { get }

    /// What the calls that fail have in common to lack: a call fails if and only if it lacks this; of the others it passes
    /// those whose contact could be had.
    var excludedLack: Lack? { get }

    /// The called numbers that can pass; `nil` where any can.
    func lines(_ references: RuleReferences) -> Set<PhoneNumber>?

    /// The callers that can pass, for the index of rules; `nil` where any can or they are too many.
    var callerKeys: RuleKeys? { get }

    /// What has to be counted for the test.
    var counting: CallCounting { get }
}

/// What a call may lack that tests ask for.
package enum Lack: Equatable, Sendable {
    /// The caller withholds the number, so that there is no contact either.
    case number
    /// Every contact source was asked, and none knows the caller.
    case contact
}

extension CallTest {
    func truth(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Truth {
        Truth(try holds(in: context, hours: hours))
    }

    var mayBeUndetermined: Bool { false }

    func reason(_ truth: Truth, in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> String {
        try reason(truth == .holds, in: context, hours: hours)
    }

    func refutes(_ other: any CallTest) -> Bool { !other.mayBeUndetermined && excludes(other) }

    func excludes(_ other: any CallTest) -> Bool { false }

    var alternatives: [Condition.Test] { [] }

    func outcome(without lack: Lack) -> Bool? { nil }

    var lack: Lack? { nil }

    var excludedLack: Lack? { nil }

    func lines(_ references: RuleReferences) -> Set<PhoneNumber>? { nil }

    var callerKeys: RuleKeys? { nil }

    var counting: CallCounting { CallCounting() }
}

/// The lines and hours that conditions refer to.
package struct RuleReferences: Sendable {
    let hours: [HoursTable]
    private let linesByGroup: [String: Set<PhoneNumber>]
    private let factsByLine: [PhoneNumber: [String: String]]

    init(lines: [PhoneLine], hours: [HoursTable]) {
        self.hours = hours
        // Of two lines with one number the first counts.
        let groups = Dictionary(lines.map { ($0.number, $0.group) }, uniquingKeysWith: { first, _ in first })
        factsByLine = Dictionary(lines.map { ($0.number, $0.facts) }, uniquingKeysWith: { first, _ in first })
        var linesByGroup: [String: Set<PhoneNumber>] = [:]
        for (number, group) in groups {
            if let group { linesByGroup[group, default: []].insert(number) }
        }
        self.linesByGroup = linesByGroup
    }

    /// The numbers of the lines with one of these values of a fact.
    func lines(withFact name: String, in values: ContactValues) -> Set<PhoneNumber> {
        Set(factsByLine.filter { values.contains($0.value[name]) }.keys)
    }

    /// The numbers of the lines in these groups.
    func lines(inGroups names: Set<String>) -> Set<PhoneNumber> {
        guard names.count > 1 else { return names.first.flatMap { linesByGroup[$0] } ?? [] }
        return names.reduce(into: []) { $0.formUnion(linesByGroup[$1] ?? []) }
    }
}
