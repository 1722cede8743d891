// SPDX-License-Identifier: Apache-2.0

package import Calls

extension CompiledRules {
    /// Says for which lines a caller of whom nothing is known gets another answer from one book than from another.
    package static func differences(from old: CompiledRules, to new: CompiledRules, at now: Instant) -> [String] {
        var names: [PhoneNumber: String] = [:]
        for line in old.rules.lines + new.rules.lines { names[line.number] = line.name }
        return names.sorted { $0.key.digits < $1.key.digits }.compactMap { number, name in
            let (before, after) = (old.words(for: number, at: now), new.words(for: number, at: now))
            return before == after ? nil : "\(name): \(before), now \(after)"
        }
    }

    /// What an unknown caller of a line gets, in words, and who says so.
    private func words(for number: PhoneNumber, at now: Instant) -> String {
        switch prospect(for: number, at: now) {
        case .answer(let decision, _): "\(words(for: Self.unknownCaller(of: number), at: now)) by \(decision.by)"
        case .otherServer(let name, let by): "what \(name) answers by \(by)"
        case .unknown: "?"
        }
    }
}
