// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls

/// A case of a rules file: a call that has not happened, and what it must get.
package struct RuleCase: Equatable, Sendable {
    package let name: String
    /// Where the case stands in the file, from 1.
    package let line: Int
    package let call: HypotheticalCall
    /// Who decides, such as `rule vip`; `nil` where the case does not say.
    package let by: String?
    /// The answer without our tag; `nil` where the case does not say.
    package let answer: JSONValue?

    package init(name: String, line: Int, call: HypotheticalCall, by: String?, answer: JSONValue?) {
        self.name = name
        self.line = line
        self.call = call
        self.by = by
        self.answer = answer
    }
}
