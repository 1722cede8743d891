// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A call that has not happened, which the server explains.
package struct CallToExplain: Hashable, Sendable {
    /// A number in any spelling, or `withheld`.
    package let from: String
    /// A number in any spelling, or the name of a line.
    package let to: String
    /// `nil` for now.
    package let at: Instant?
    /// The call that it repeats, if it repeats one.
    package let former: Former?

    package init(from: String, to: String, at: Instant?, former: Former? = nil) {
        self.from = from
        self.to = to
        self.at = at
        self.former = former
    }

    /// What a call got when it came in.
    package struct Former: Hashable, Sendable {
        package let at: Instant
        package let by: String
        /// The answer in words.
        package let words: String
        /// The answer as it went out.
        package let reply: [UInt8]

        package init(at: Instant, by: String, words: String, reply: [UInt8]) {
            self.at = at
            self.by = by
            self.words = words
            self.reply = reply
        }
    }
}

/// What the server says of such a call.
package struct CallExplanation: Hashable, Sendable {
    package let call: CallToExplain
    package let outcome: Outcome

    package init(_ call: CallToExplain, _ outcome: Outcome) {
        self.call = call
        self.outcome = outcome
    }

    package enum Outcome: Hashable, Sendable {
        case answered(Answer)
        /// It could not be explained, for this reason.
        case refused(String)
    }

    package struct Answer: Hashable, Sendable {
        package let by: String
        /// The answer as it would go out.
        package let reply: [UInt8]
        package let steps: [Step]
        /// Whether the call that it repeats got the same, apart from our tag; `nil` where it repeats none.
        package let isSame: Bool?

        package init(by: String, reply: [UInt8], steps: [Step], isSame: Bool?) {
            self.by = by
            self.reply = reply
            self.steps = steps
            self.isSame = isSame
        }
    }
}
