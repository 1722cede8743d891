// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import FileWatching
import Files
import Overrides
import StateFiles

/// The rules that a server starts with: those of its file, or the last good ones if the file has errors.
///
/// Without a server every call reaches the platform's default assistant, even on closed lines, so a mistake in the file
/// must not keep a server from starting again.
struct StartingRules {
    /// The rules in use.
    let source: ConfigurationSource
    let file: RulesFile
    /// Set if they are not those of the file.
    let fallback: Fallback?
    /// Whether the file can be read again; false for a pipe.
    let isRepeatable: Bool

    /// The last good rules in place of a file with errors.
    struct Fallback {
        /// When they were read from their file.
        let readAt: Instant
        /// What is wrong with the file.
        let errors: RulesErrors
        /// The file and those that it names, as far as it could be read.
        let watchedFiles: Set<WatchedFile>
        /// The file as it is; `nil` if it cannot be read.
        let bytes: [UInt8]?
    }

    /// Why a server cannot start with a rules file.
    struct Refusal: Error {
        let errors: RulesErrors
        /// Why the last good rules do not help, in one line.
        let reason: String
        /// The same for the one who starts it; `nil` where the errors say all.
        let details: String?

        var commandFailure: CommandFailure {
            CommandFailure(.failure, ([errors.text] + [details].compactMap(\.self)).joined(separator: "\n"))
        }
    }

    /// Reads a rules file, or what the state folder keeps of it unless `isStrict`.
    static func find(_ path: String, stateFolder: String, isStrict: Bool) throws -> StartingRules {
        do throws(Refusal) {
            let reading = Result { () throws(CommandFailure) in try ConfigurationSource(path: path) }
            return try find(path, reading, isStrict: isStrict, keptIn: stateFolder) { () throws(FileProblem) in
                try LastGoodRules.read(from: stateFolder)
            }
        } catch {
            throw error.commandFailure
        }
    }

    /// The same, for a file that was read, from wherever the last good rules are kept.
    static func find(
        _ path: String, _ reading: Result<ConfigurationSource, CommandFailure>, isStrict: Bool, keptIn place: String,
        kept: () throws(FileProblem) -> KeptRules?
    ) throws(Refusal) -> StartingRules {
        let errors: RulesErrors
        var broken: ConfigurationSource?
        do throws(CommandFailure) {
            let source = try reading.get()
            if let file = source.outcome.file, !(isStrict && source.outcome.hasErrors) {
                return StartingRules(
                    source: source, file: file, fallback: nil, isRepeatable: source.isRepeatable)
            }
            broken = source
            errors = RulesErrors(source)
        } catch {
            errors = RulesErrors(unreadable: path, error.message)
        }
        guard !isStrict else {
            throw Refusal(errors: errors, reason: "--strict-start refuses files with errors", details: nil)
        }
        let kept = try self.kept(path, place, errors, kept)
        let source = ConfigurationSource(path: path, bytes: kept.bytes, kept: kept.files)
        guard let file = source.outcome.file else {
            throw Refusal(
                errors: errors, reason: "the last good rules have errors too",
                details: "The last good rules have errors too:\n\(source.renderedFindings)")
        }
        return StartingRules(
            source: source, file: file,
            fallback: Fallback(
                readAt: kept.readAt, errors: errors, watchedFiles: broken?.watchedFiles ?? [], bytes: broken?.bytes),
            isRepeatable: broken?.isRepeatable ?? true)
    }

    private static func kept(
        _ path: String, _ place: String, _ errors: RulesErrors, _ read: () throws(FileProblem) -> KeptRules?
    ) throws(Refusal) -> KeptRules {
        do throws(FileProblem) {
            if let kept = try read(), kept.path == NamedFiles.absolute(path) { return kept }
        } catch {
            throw Refusal(
                errors: errors, reason: "the last good rules cannot be used: \(error)",
                details: "The last good rules cannot be used: \(error).")
        }
        throw Refusal(
            errors: errors, reason: "no last good rules of this file are kept",
            details: "No last good rules of this file are kept in \(place).")
    }
}

extension StartingRules {
    /// What a server answers calls by that starts with these rules and contacts.
    func inUse(_ contacts: ContactSources.Opening) -> RulesFileStatus.InUse {
        if let fallback { return .lastGood(fallback.readAt) }
        if contacts.hasErrors { return .withoutContacts }
        return source.outcome.hasErrors ? .withoutHolidays : .file
    }
}

/// The errors of a rules file, or of a file that it names.
struct RulesErrors: Sendable {
    /// All findings, with their source lines.
    let text: String
    private let count: Int
    private let first: (file: String, position: SourcePosition?, message: String)

    /// The errors of a file that was read.
    init(_ source: ConfigurationSource) {
        self.init(
            source.outcome.findings, file: source.path, text: "\(source.renderedFindings)\n\(source.path) has errors.")
    }

    /// The errors of a file that was read, with those of its warnings that nobody saw yet.
    init(_ source: ConfigurationSource, showing news: ShownFindings.News) {
        let text = ([source.rendered(news.findings)] + news.summary + ["\(source.path) has errors."])
            .joined(separator: "\n")
        self.init(source.outcome.findings, file: source.path, text: text)
    }

    /// The errors among findings.
    init(_ findings: [Diagnostic], file: String, text: String) {
        let errors = findings.filter { $0.severity == .error }
        self.text = text
        count = max(1, errors.count)
        first = errors.first.map { ($0.file, $0.position, $0.message) } ?? (file, nil, "it cannot be used")
    }

    /// The file cannot be read, for this reason.
    init(unreadable path: String, _ reason: String) {
        text = reason
        count = 1
        first = (path, nil, reason)
    }

    /// The errors for everyone who shows the status.
    func problem(since: Instant) -> RulesFileStatus.Problem {
        RulesFileStatus.Problem(
            errors: count, since: since, file: first.file, line: first.position?.line, column: first.position?.column,
            message: first.message)
    }
}
