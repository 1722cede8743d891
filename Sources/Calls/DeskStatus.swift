// SPDX-License-Identifier: Apache-2.0

/// What the operator must always see: the switches, the lines and the server, at one moment.
package struct DeskStatus: Hashable, Sendable {
    /// `closed` or `forcedOpen`, for all lines.
    package var closure: Override?
    /// The greeting that every answered caller hears.
    package var greeting: Override?
    package var lines: [LineStatus]
    /// Where the webhook is listened for, such as `127.0.0.1:8787`.
    package var address: String
    /// Where the webhook is listened for as a URL with its path, such as `http://127.0.0.1:8787/webhook`.
    package var webhookURL: String
    package var isSigned: Bool
    /// The closing texts of the rules file, the one named `closed` first.
    package var closingTexts: [String]
    /// How long an answer may take before the fallback goes out, in milliseconds.
    package var answerWithinMilliseconds: Int

    package init(
        closure: Override?, greeting: Override?, lines: [LineStatus], address: String, webhookURL: String,
        isSigned: Bool, closingTexts: [String], answerWithinMilliseconds: Int
    ) {
        self.closure = closure
        self.greeting = greeting
        self.lines = lines
        self.address = address
        self.webhookURL = webhookURL
        self.isSigned = isSigned
        self.closingTexts = closingTexts
        self.answerWithinMilliseconds = answerWithinMilliseconds
    }
}
