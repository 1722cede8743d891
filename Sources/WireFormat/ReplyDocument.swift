// SPDX-License-Identifier: Apache-2.0

package import Calls
package import JSON
package import Overrides

/// Why the control socket did not do something: a word for scripts and a sentence for people.
package struct ControlFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: String
    package let message: String
    /// The wrong part of a text of the query, in Unicode code points.
    package let place: Range<Int>?

    package init(_ code: String, _ message: String, at place: Range<Int>? = nil) {
        self.code = code
        self.message = message
        self.place = place
    }

    package init(_ error: OverrideError) {
        self.init(error.code, error.description)
    }

    package init(_ problem: DocumentProblem) {
        self.init("bad_document", problem.description)
    }

    package var description: String { message }

    package var document: JSONDocument { ErrorDocument.document(self) }

    /// Reads the body of an error.
    package static func read(_ bytes: [UInt8]) throws(DocumentProblem) -> ControlFailure {
        try ErrorDocument.read(bytes)
    }
}

/// The body of every error: `{"error":{"code":…,"message":…}}`.
private enum ErrorDocument: Document {
    typealias Subject = ControlFailure

    static func fields<Coder: FieldCoder<ControlFailure>>(_ key: inout Coder) throws(Coder.Failure) -> ControlFailure {
        try key("error", .object(Details.self)) { $0 }
    }

    private enum Details: Document {
        typealias Subject = ControlFailure

        static func fields<Coder: FieldCoder<ControlFailure>>(_ key: inout Coder) throws(Coder.Failure)
            -> ControlFailure
        {
            let code = try key("code", .text, \.code)
            let message = try key("message", .text, \.message)
            let offset = try key("offset", .someCount, \.place?.lowerBound)
            let length = try key("length", .someCount, \.place?.count)
            return ControlFailure(code, message, at: offset.map { $0..<$0 + min(length ?? 0, .max - $0) })
        }
    }
}

/// The result of reading the rules file again.
package struct ReloadReport: Hashable, Sendable {
    /// One line for people.
    package let words: String
    /// What belongs to it, one entry per line.
    package let details: [String]
    /// Whether the file is in use now; one with errors is not.
    package let isTaken: Bool
    /// Whether an operator should look at it: it is not in use, or a change looks like a mistake.
    package let isAlert: Bool
    /// What changed.
    package let changes: [RulesChange]

    package init(
        words: String, details: [String], isTaken: Bool, isAlert: Bool = false, changes: [RulesChange] = []
    ) {
        self.words = words
        self.details = details
        self.isTaken = isTaken
        self.isAlert = isAlert
        self.changes = changes
    }

    package var document: JSONDocument { ReloadDocument.document(self) }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        self = try ReloadDocument.read(bytes)
    }
}

enum ReloadDocument: Document {
    typealias Subject = ReloadReport

    static func fields<Coder: FieldCoder<ReloadReport>>(_ key: inout Coder) throws(Coder.Failure) -> ReloadReport {
        ReloadReport(
            words: try key("words", .text, \.words), details: try key("details", .texts, \.details),
            isTaken: try key("taken", .flag, \.isTaken), isAlert: try key("alert", .flag, \.isAlert),
            changes: try key("changes", .list(RulesChangeDocument.self), \.changes))
    }
}

private enum RulesChangeDocument: Document {
    typealias Subject = RulesChange

    static func fields<Coder: FieldCoder<RulesChange>>(_ key: inout Coder) throws(Coder.Failure) -> RulesChange {
        RulesChange(
            try key("kind", .choice, \.kind), try key("name", .text, \.name), try key("words", .text, \.words),
            isAlert: try key("alert", .flag, \.isAlert))
    }
}

/// The result of a command.
enum ResultDocument: Document {
    typealias Subject = OverrideResult

    static func fields<Coder: FieldCoder<OverrideResult>>(_ key: inout Coder) throws(Coder.Failure) -> OverrideResult {
        OverrideResult(
            words: try key("words", .text, \.words), begun: try key("begun", .list(OverrideDocument.self), \.begun),
            ended: try key("ended", .list(OverrideDocument.self), \.ended),
            callers: try key("callers", .callerChanges(OperatorDocument.self), \.callers),
            caveats: try key("caveats", .texts, \.caveats),
            effect: try key("effect", .object(EffectDocument.self), \.effect),
            reach: try key("reach", .laterObject(ChangeReachDocument.self), \.reach))
    }
}

/// What a command did to the lines.
private enum EffectDocument: Document {
    typealias Subject = OverrideEffect

    static func fields<Coder: FieldCoder<OverrideEffect>>(_ key: inout Coder) throws(Coder.Failure) -> OverrideEffect {
        OverrideEffect(
            act: try key("act", .choice, \.act), before: try key("before", .list(LineDocument.self), \.before),
            after: try key("after", .list(LineDocument.self), \.after),
            overrides: try key("overrides", .list(OverrideDocument.self), \.overrides),
            callerCount: try key("callers", .laterCount, \.callerCount),
            bypasses: try key("bypass_rules", .list(BypassDocument.self), \.bypasses),
            isDryRun: try key("dry_run", .flag, \.isDryRun))
    }
}

extension OverrideResult {
    package var document: JSONDocument { ResultDocument.document(self) }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        self = try ResultDocument.read(bytes)
    }
}
