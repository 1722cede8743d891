// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What the operator must always see: the switches, the lines and the server, at one moment.
package struct ServerStatus: Hashable, Sendable {
    /// The overrides in force, in the order in which they were set.
    package var overrides: [Override]
    package var lines: [LineStatus]
    /// Where the webhook is listened for, such as `127.0.0.1:8787`.
    package var address: String
    /// Where the webhook is listened for as a URL with its path, such as `http://127.0.0.1:8787/webhook`.
    package var webhookURL: String
    package var isSigned: Bool
    /// The closing texts of the rules file, the one named `closed` or a usual one first.
    package var closingTexts: [String]
    /// The greetings of the rules file.
    package var greetingTexts: [String]
    /// How long an answer may take before the fallback goes out, in milliseconds.
    package var answerWithinMilliseconds: Int
    /// What `undo` would take back, such as `closed all lines`; `nil` when there is nothing.
    package var undo: Undo?
    /// What the operator must know until the next change, such as that the kept state was damaged.
    package var warnings: [String]
    /// The name of the rules file's time zone, such as `Europe/Amsterdam`.
    package var timeZone: String

    package init(
        overrides: [Override], lines: [LineStatus], address: String, webhookURL: String, isSigned: Bool,
        closingTexts: [String], greetingTexts: [String], answerWithinMilliseconds: Int, undo: Undo?,
        warnings: [String], timeZone: String
    ) {
        self.overrides = overrides
        self.lines = lines
        self.address = address
        self.webhookURL = webhookURL
        self.isSigned = isSigned
        self.closingTexts = closingTexts
        self.greetingTexts = greetingTexts
        self.answerWithinMilliseconds = answerWithinMilliseconds
        self.undo = undo
        self.warnings = warnings
        self.timeZone = timeZone
    }

    /// The change that `undo` takes back.
    package struct Undo: Hashable, Sendable {
        /// What was done, such as `closed all lines`.
        package let words: String
        /// Which lines feel it.
        package let scopes: [Scope]

        package init(words: String, scopes: [Scope]) {
            self.words = words
            self.scopes = scopes
        }
    }

    /// What closes or opens a scope.
    package func closure(of scope: Scope) -> Override? {
        overrides.last { $0.scope == scope && $0.kind.isClosure }
    }

    /// The forced greeting of a scope.
    package func greeting(of scope: Scope) -> Override? {
        overrides.last { $0.scope == scope && !$0.kind.isClosure }
    }

    /// The groups of the lines, in the order of the rules file.
    package var groups: [String] { lines.groups }

    /// The lines that a scope covers.
    package func lines(in scope: Scope) -> [LineStatus] { lines.lines(in: scope) }

    /// Whether no line feels an override: its line or its group has left the rules file.
    package func isIdle(_ override: Override) -> Bool { override.scope != .all && lines(in: override.scope).isEmpty }

    /// Whether more than one line feels it when a change is taken back; without lines every number does.
    package func isWide(_ undo: Undo) -> Bool {
        Set(undo.scopes.flatMap { lines(in: $0) }.map(\.number)).count > 1 || lines.isEmpty
    }
}
