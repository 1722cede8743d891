// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Divides the calls of a rule among arms; the same key gets the same arm on every machine and after every restart.
///
/// The arm is chosen by FNV-1a with 64 bits over the rule's name, a zero byte and the key in UTF-8, mixed by the
/// finalizer of MurmurHash3 and taken modulo the sum of the weights.
package struct Split: Equatable, Sendable {
    package let by: Key
    /// In the order of the file; the weights add up to more than zero.
    package let arms: [Arm]
    private let total: UInt64

    package init(by: Key, arms: [Arm]) {
        precondition(arms.contains { $0.weight > 0 }, "a split needs an arm that can be chosen")
        self.by = by
        self.arms = arms
        total = arms.reduce(0) { $0 + UInt64($1.weight) }
    }

    /// What calls are divided by.
    package enum Key: String, Equatable, Sendable, CaseIterable {
        /// The caller's number; a caller without one counts by the call.
        case caller
        case call
        case line
    }

    /// One of the alternatives.
    package struct Arm: Equatable, Sendable {
        package let name: String
        /// The share of calls, against the sum of all weights.
        package let weight: Int
        /// An index into `RuleSet.answers`.
        package let answer: Int

        package init(name: String, weight: Int, answer: Int) {
            precondition(weight >= 0, "a share of calls is not negative")
            self.name = name
            self.weight = weight
            self.answer = answer
        }
    }

    /// Returns the arm of a call.
    func arm(for call: AssistantRequest, rule: String) -> Arm {
        arm(atKey: key(of: call), rule: rule)
    }

    private func arm(atKey key: String, rule: String) -> Arm {
        var place = Self.hash(rule, key) % total
        for arm in arms {
            if place < UInt64(arm.weight) { return arm }
            place -= UInt64(arm.weight)
        }
        return arms[0]
    }

    /// Counts the callers who get another arm when the weights of a rule change; arms are the same if their names are.
    ///
    /// It is 0 for splits that are not by caller, since they do not divide by caller.
    package static func moved(
        from old: Split, ofRule oldRule: String, to new: Split, ofRule newRule: String,
        callers: some Sequence<PhoneNumber>
    ) -> Int {
        guard old.by == .caller, new.by == .caller else { return 0 }
        return callers.count { caller in
            let key = caller.description
            return old.arm(atKey: key, rule: oldRule).name != new.arm(atKey: key, rule: newRule).name
        }
    }

    /// The share of all keys that get another arm, 0 to 1, by a sample of them.
    static func shareMoved(from old: Split, ofRule oldRule: String, to new: Split, ofRule newRule: String) -> Double {
        let sample = 4000
        let moved = (0..<sample).count { index in
            let key = "+31\(600_000_000 + index * 7919)"
            return old.arm(atKey: key, rule: oldRule).name != new.arm(atKey: key, rule: newRule).name
        }
        return Double(moved) / Double(sample)
    }

    private func key(of call: AssistantRequest) -> String {
        switch by {
        case .caller: call.caller.number?.description ?? call.callID.text
        case .call: call.callID.text
        case .line: call.called.description
        }
    }

    private static func hash(_ rule: String, _ key: String) -> UInt64 {
        var digest = FNV1a()
        digest.combine(rule.utf8)
        digest.combine(CollectionOfOne(0))
        digest.combine(key.utf8)
        var hash = digest.value
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ (hash >> 33)
    }
}
