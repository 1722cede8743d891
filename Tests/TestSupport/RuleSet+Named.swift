// SPDX-License-Identifier: Apache-2.0

package import Rules

extension RuleSet {
    /// Returns the answer of a name.
    package func answer(named name: String) -> Answer? {
        answers.first { $0.name == name }?.answer
    }

    /// Returns the hours of a name.
    package func hours(named name: String) -> HoursTable? {
        hours.first { $0.name == name }
    }
}
