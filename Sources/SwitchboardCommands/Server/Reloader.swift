// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Dashboard
import Dispatch
import EventLog
import CallAnswering
import FileWatching
import Journal
import ListenerTLS
import Overrides
import Rules
import Signatures
import Synchronization
import WireFormat

/// Reloads the rules file when it is saved, on SIGHUP and on `:reload`; a file with errors never replaces the rules in use.
final class Reloader: Sendable {
    private let rules: ServedRules
    private let assembly: ServerComponents
    /// Concurrent reloads run one after the other.
    private let queue = DispatchQueue(label: "switchboard.reload")
    private let watcher = Mutex<FileWatcher?>(nil)
    /// Why the files are looked at every few seconds, as the operator knows it.
    private let polling = Mutex<FileWatcher.PollReason?>(nil)
    /// Used on the queue only, but for its first value.
    private let contacts: Mutex<ServedContacts>
    /// The file in use.
    private let file: Mutex<RulesFile>
    /// The warnings that were shown since the start.
    private let shown: Mutex<ShownFindings>
    /// When the rules were read that are in use and kept; `nil` if those in use are not kept.
    private let keptAt: Mutex<Instant?>
    /// The operator who sees the reports.
    private let operatorHere: Operator
    private let report: @Sendable (OperatorMessage) -> Void

    /// Creates a reloader; `report` gets the result of each reload.
    init(
        _ rules: ServedRules, assembly: ServerComponents, for operatorHere: Operator,
        report: @escaping @Sendable (OperatorMessage) -> Void
    ) {
        self.rules = rules
        self.assembly = assembly
        self.operatorHere = operatorHere
        self.report = report
        contacts = Mutex(rules.contacts)
        file = Mutex(rules.file)
        shown = Mutex(ShownFindings(rules.shownFindings))
        keptAt = Mutex(rules.keptAt)
    }

    private var path: String { rules.path }

    /// Watches the rules file and the files that it names.
    func watch() {
        let watcher = FileWatcher { [weak self] in self?.run(.fileChanged) }
        self.watcher.withLock { $0 = watcher }
        if let words = watch(rules.watchedFiles) { report(OperatorMessage(words)) }
        rules.keeper.watch { [report] reason in
            let words = "if the rules file has errors, a restart does not find these rules: \(reason)"
            report(OperatorMessage(words, isAlert: true))
        }
        // It may have been saved since it was read.
        if rules.isRepeatable, let bytes = rules.bytes,
            NamedFiles.read(NamedFiles.absolute(path), besides: path) != .bytes(bytes)
        {
            run(.fileChanged)
        }
    }

    /// Watches the files; returns a message if changes are noticed later than usual, and that is new.
    private func watch(_ files: Set<WatchedFile>) -> String? {
        let reason = watcher.withLock { $0 }?.watch(files)
        let isNew = polling.withLock { known in
            defer { known = reason }
            return known != reason
        }
        return isNew ? reason.map { "The rules file and the files that it names are checked every 2 s: \($0)" } : nil
    }

    private var name: String { NamedFiles.name(of: path) }

    /// Reloads the file in the background.
    func run(_ cause: ReloadCause, then done: @escaping @Sendable () -> Void = {}) {
        queue.async {
            self.report(self.reload(cause).message(cause, for: self.operatorHere))
            done()
        }
    }

    /// Reloads the file and returns the result, which is also passed to `report`.
    func reloaded(_ cause: ReloadCause) async -> ReloadReport {
        await withCheckedContinuation { continuation in
            queue.async {
                let result = self.reload(cause)
                self.report(result.message(cause, for: self.operatorHere))
                continuation.resume(returning: result)
            }
        }
    }

    private func reload(_ cause: ReloadCause) -> ReloadReport {
        guard rules.isRepeatable else { return unrepeatable }
        let reading = Result { () throws(CommandFailure) in
            try ConfigurationSource(path: path, patience: Self.patience)
        }
        do throws(CommandFailure) {
            let source = try reading.get()
            let unwatched = watch(source.watchedFiles.union(source.secretFiles).union(source.tlsFiles))
            guard let file = source.outcome.file, !source.outcome.hasErrors else {
                let news = shown.withLock { $0.news(in: source.outcome.findings) }
                return refused(RulesErrors(source, showing: news), reading, cause)
            }
            let secrets = try LoadedSecrets.load(file, of: source.path)
            let opening = ContactSources.opening(file, of: source, http: assembly.http)
            guard !opening.hasErrors else {
                let text = opening.findings.map(\.description).joined(separator: "\n")
                return refused(RulesErrors(opening.findings, file: path, text: text), reading, cause)
            }
            let canRotate = assembly.isSigned && !secrets.secrets.isEmpty
            if canRotate { assembly.answers.use(SignatureVerifier(secrets: secrets.secrets)) }
            var changes = assembly.overrides.use(
                file.rules, contacts: opening.directory, files: contactChanges(file, opening), cause: cause,
                callers: file.rules.hasSplits ? knownCallers : []
            ) { [assembly] now, policy in
                assembly.journal?.journal.note(UsedRules(source, file, at: now, overrides: policy.overrides))
            }
            changes.add(restartChanges(file, besides: canRotate ? "server.secrets" : nil))
            let former = self.file.withLock { former in
                defer { former = file }
                return former.rules
            }
            noteGood(source)
            let renewal = renewal(file)
            let moved = file.regroupings(since: former)
            let news = shown.withLock {
                $0.news(in: source.findings(at: assembly.clock.now()) + secrets.findings + opening.findings)
            }
            return ReloadReport(
                words: "\(name): revision \(file.rules.revision) is in use: \(changes.summary)",
                details: changes.lines + [renewal?.words].compactMap(\.self)
                    + (moved + news.findings).map(\.description) + news.summary
                    + [unwatched].compactMap(\.self),
                isTaken: true, isAlert: changes.isAlert || renewal?.isAlert ?? false, changes: changes.entries)
        } catch {
            return refused(RulesErrors(unreadable: path, error.message), reading, cause)
        }
    }

    /// How long the next byte of a pipe in place of the file may take, in milliseconds.
    private static let patience: Int32 = 5_000

    /// The result where the rules came through a pipe.
    private var unrepeatable: ReloadReport {
        ReloadReport(
            words: "the rules came through a pipe and cannot be read again; restart the server to change them",
            details: [],
            isTaken: false, isAlert: true, changes: [])
    }

    /// What the file in use says of dates that are over.
    func datedFindings(at now: Instant) -> [Diagnostic] { file.withLock { $0 }.findings(at: now) }

    private func contactChanges(_ file: RulesFile, _ opening: ContactSources.Opening) -> [RulesChange] {
        let new = ServedContacts(tables: opening.tables, kinds: file.contacts.map(\.kind))
        return contacts.withLock { contacts in
            defer { contacts = new }
            return contacts.changes(to: new)
        }
    }

    /// Reads the certificate again; returns what to report, if that is anything.
    ///
    /// A key and its certificate are seldom replaced at the same moment: what does not fit is not used, and the next change
    /// is read again.
    private func renewal(_ file: RulesFile) -> (words: String, isAlert: Bool)? {
        guard let tls = assembly.tls, file.server.tls == assembly.settings.tls, let files = TLSFiles(file, of: path)
        else {
            return nil
        }
        do throws(CommandFailure) {
            let certificate = try files.load()
            guard !certificate.isSame(as: tls.certificate) else { return nil }
            tls.certificate = certificate
            return (
                "server.tls: new connections get the certificate that is valid until \(certificate.validUntil)", false
            )
        } catch {
            return ("\(error.message) The certificate from before stays in use.", true)
        }
    }

    /// The settings that differ from those that the server runs with, by their keys.
    private func restartChanges(_ file: RulesFile, besides applied: String?) -> [RulesChange] {
        file.server.keys(differingFrom: assembly.settings).filter { $0 != applied }.map { key in
            RulesChange(.restart, key, "changed; it takes effect after a restart")
        }
    }

    /// Everyone who called and is still in memory.
    private var knownCallers: Set<PhoneNumber> {
        let log = assembly.log.snapshot()
        return Set(log.sequences.compactMap { log[$0]?.caller.number })
    }

    /// Notes that the file is in use, and keeps it for a start with errors.
    private func noteGood(_ source: ConfigurationSource) {
        let now = assembly.clock.now()
        if assembly.overrides.rulesFileStatus != .good { assembly.overrides.note(.good) }
        keptAt.withLock { $0 = now }
        rules.keeper.keep(source, readAt: now)
    }

    /// What a restart would do with the file as it was read, found out by doing what a start does.
    private func restart(_ reading: Result<ConfigurationSource, CommandFailure>) -> RulesFileStatus.Restart {
        let start: StartingRules
        do throws(StartingRules.Refusal) {
            start = try StartingRules.find(
                path, reading, isStrict: rules.isStrict, keptIn: "the state folder",
                kept: rules.keeper.kept)
        } catch {
            // Why nothing is kept says more than that nothing is.
            return .fails(rules.isStrict ? error.reason : rules.keeper.failure ?? error.reason)
        }
        do throws(CommandFailure) {
            _ = try LoadedSecrets.load(start.file, of: path)
            _ = try TLSFiles(start.file, of: path)?.load()
        } catch {
            return .fails(error.message)
        }
        return switch start.inUse(ContactSources.opening(start.file, of: start.source, http: assembly.http)) {
        case .file, .previous: .file
        case .lastGood(let readAt): readAt == keptAt.withLock { $0 } ? .same : .lastGood(readAt)
        case .withoutContacts: .fileWithoutContacts
        case .withoutHolidays: .fileWithoutHolidays
        }
    }

    /// Notes the errors, so that every screen shows them until they are mended.
    private func refused(
        _ errors: RulesErrors, _ reading: Result<ConfigurationSource, CommandFailure>, _ cause: ReloadCause
    ) -> ReloadReport {
        let now = assembly.clock.now()
        let former = assembly.overrides.rulesFileStatus
        assembly.overrides.note(
            RulesFileStatus(
                problem: errors.problem(since: former.problem?.since ?? now),
                inUse: former.inUse == .file ? .previous : former.inUse,
                restart: restart(reading)))
        let words = "\(name) has errors; still using the previous rules"
        assembly.log.record(DeskEvent(at: now, reload: cause, result: words))
        return ReloadReport(
            words: words, details: errors.text.split(separator: "\n").map(String.init), isTaken: false, isAlert: true,
            changes: [])
    }
}

extension ReloadReport {
    /// The result for an operator.
    var message: OperatorMessage { OperatorMessage(words, details: details, isAlert: isAlert) }

    /// The result with its cause, unless the operator asked for it here.
    fileprivate func message(_ cause: ReloadCause, for here: Operator) -> OperatorMessage {
        let title =
            switch cause {
            case .fileChanged: words
            case .signal: "\(cause.words): \(words)"
            case .operatorRequest(let who): who.isNamed(as: here) ? words : "\(cause.words): \(words)"
            }
        return OperatorMessage(title, details: details, isAlert: isAlert)
    }
}

extension OperatorMessage {
    /// All of it, for a program without a dashboard.
    var text: String { ([title] + details.map { "  " + $0 }).joined(separator: "\n") }
}
