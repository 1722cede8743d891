// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Contacts
import DeskSharing
import EventLog
import Files
import Foundation
import Journal
import ListenerTLS
import OutboundHTTP
import Overrides
import Rules
import Sharing
import SimulatedPlatform
import Signatures
import StateFiles
import WebhookServer

/// The parts of a server, wired together.
struct ServerComponents: Sendable {
    let settings: ServerSettings
    let isSigned: Bool
    /// The certificate of the webhook's address; `nil` for plain HTTP.
    let tls: ListenerTLS?
    /// What came to this server.
    let log: EventLog
    /// The calls of all replicas, for screens; the same log on a desk of one server.
    let desk: EventLog
    let overrides: OverrideService
    let server: WebhookServer
    let answers: AnswerService
    let http: OutboundHTTP
    let clock: WallClock
    /// Probes the public address; `nil` if the rules file names none.
    let probing: ProbingService?
    /// Serves the counts; `nil` if the rules file names no address for them.
    let metrics: MetricsService?

    /// What the operator has to know from before the start; shown once the dashboard is there.
    let handover: OverrideService.Handover
    /// Where the last good rules are kept; `nil` for nowhere.
    let lastGood: LastGoodRules?
    /// What other programs read in the state folder; `nil` without one.
    let note: StateNote?
    /// The folder on disk; `nil` without one.
    let files: StateFiles?
    /// The record of calls on disk, and where its news goes; `nil` if none is kept.
    let journal: (journal: Journal, reports: JournalReports)?
    /// What calls of before say to rules, counts and screens.
    let past: PastCalls
    /// The desk that this server is a replica of; `nil` for a server of its own.
    let replica: Replica?
    /// Whether events are logged.
    let eventOutput: EventOutput
    /// This process, and the files that it uses.
    let process: ServerProcess

    /// The lines of the audit on disk, the oldest first.
    func auditOnDisk() -> [AuditEntry] {
        do throws(FileProblem) {
            return try files?.auditEntries() ?? []
        } catch {
            // Memory has the newest, and a warning says why the file cannot be used as soon as it is written.
            return []
        }
    }

    /// Binds the address and restores the overrides; the server is then ready to begin.
    ///
    /// The state is loaded last, once the address is bound.
    ///
    /// `inherited` is a socket that listens at the address already.
    static func start(
        _ file: RulesFile, contacts: ContactDirectory, http: OutboundHTTP, listen: ListenAddress,
        inherited: Int32? = nil, secrets: [WebhookSecret], tls: ListenerTLS? = nil,
        journal options: Journal.Options? = nil, replica: Replica? = nil,
        process: ServerProcess, memory: () async throws -> LoadedState
    ) async throws -> ServerComponents {
        let settings = file.server
        let clock = WallClock.system
        let keep = Retention(calls: settings.keepCalls, bytes: settings.keepBytes)
        let log = EventLog(keep: keep)
        let desk = replica == nil ? log : EventLog(keep: keep)
        let rules = CurrentRules(CompiledRules(file.rules), contacts: contacts)
        let answers = AnswerService(
            verifier: secrets.isEmpty ? nil : SignatureVerifier(secrets: secrets), rules: rules, log: log, desk: desk,
            clock: clock, answerWithin: settings.answerWithin.nanoseconds,
            numbers: ConfigurationSource.numbers, upstreams: HTTPUpstreams(http: http))
        let server: WebhookServer
        do throws(WebhookServerError) {
            server = try await WebhookServer.bind(
                on: ServerAddress(host: listen.host, port: listen.port), inherited: inherited, path: settings.path,
                limits: ServerLimits(
                    body: settings.maxBody, connections: ProcessLimits.connections,
                    proxies: TrustedProxies(settings.trustedProxies)),
                tls: tls, answers: answers)
        } catch {
            throw failure(error)
        }
        let overrides: OverrideService
        let lastGood: LastGoodRules?
        let note: StateNote?
        let files: StateFiles?
        let hadServer: Bool
        do {
            let memory = try await memory()
            lastGood = memory.lastGood
            note = memory.note
            files = memory.files
            hadServer = memory.hadServer
            overrides = OverrideService(
                rules: rules, log: log, desk: desk, clock: clock, store: memory.store, state: memory.state,
                warnings: memory.warnings)
            let events = memory.audit.map { DeskEvent(audited: $0) }
            log.restore(events)
            if desk !== log { desk.restore(events) }
            if let replica { try await replica.join(overrides, memory, log: log, answers: answers, clock: clock) }
        } catch {
            server.giveUp()
            throw error
        }
        // Before the first call, so that the log goes on where it ended.
        let journal = options.map { options in
            let reports = JournalReports(log: log, overrides: overrides, clock: clock)
            let before = files?.forgettingOfBefore() ?? (numbers: [], warning: nil)
            if let words = before.warning { reports.take(Journal.News(words: words, isAlert: true)) }
            if !before.numbers.isEmpty {
                let words = CountText.words(before.numbers.count, "number")
                reports.take(Journal.News(words: "The journal goes on forgetting \(words)", isAlert: false))
            }
            let journal = Journal(
                options, log: log, now: clock.now, ticks: clock.ticks, forgetting: before.numbers,
                followsOthers: hadServer,
                forgot: { forgotten, calls in
                    answers.forget(forgotten.number)
                    files?.end(forgotten, notesOn: calls)
                }, report: reports.take)
            return (journal, reports)
        }
        if let journal { overrides.use(journal.0) }
        replica?.shareCalls(of: log, into: desk, answers, after: journal?.0)
        let handover = overrides.takeOver()
        let probing = settings.probe.map { probe in
            ProbingService(
                ProbeStatus(url: "\(probe.target)", everySeconds: probe.everySeconds),
                through: PlatformClient(
                    target: probe.target, secret: answers.signingSecret, http: http, now: clock.now),
                to: answers, overrides)
        }
        return ServerComponents(
            settings: settings, isSigned: !secrets.isEmpty, tls: tls, log: log, desk: desk, overrides: overrides,
            server: server,
            answers: answers, http: http, clock: clock, probing: probing,
            metrics: settings.metrics.map { MetricsService(at: $0, changed: overrides.noteStatus) }, handover: handover,
            lastGood: lastGood,
            note: note, files: files, journal: journal,
            past: PastCalls(answers: answers, overrides: overrides, clock: clock, journal: journal?.0, desk: desk),
            replica: replica,
            eventOutput: EventOutput(ticks: clock.ticks, changed: overrides.noteStatus), process: process)
    }

    /// Where webhooks go, as a URL.
    var url: String { "\(tls == nil ? "http" : "https")://\(server.address)\(settings.path)" }

    private static func failure(_ error: WebhookServerError) -> CommandFailure {
        switch error {
        case .addressTaken: CommandFailure(.addressTaken, error.description)
        case .cannotListen: CommandFailure(.failure, error.description)
        }
    }
}

extension ServerSettings {
    /// How long an answer may take, in whole milliseconds.
    var answerWithinMilliseconds: Int {
        Int(answerWithin.nanoseconds / 1_000_000)
    }
}

extension ServerComponents {
    /// Whether the rules file in use has numbers masked where people read them.
    var masksNumbers: @Sendable () -> Bool {
        { [overrides] in overrides.policy.compiled.rules.masksNumbers }
    }

    /// The current status.
    var status: ServerStatus {
        var status = overrides.status(
            of: ServerStatus.ServerInfo(
                address: server.address.description, webhookURL: url, isSigned: isSigned,
                answerWithinMilliseconds: settings.answerWithinMilliseconds, process: process))
        status.journal = journal?.journal.status
        status.shared = replica?.status
        status.day = past.dayOfDesk
        status.lookingBack = past.lookingBack
        if let words = status.lookingBack?.warning(at: clock.now(), on: overrides.zone) {
            status.warnings.append(words)
        }
        status.signedAge = answers.signedAges.least
        let dates = tls.flatMap { TLSFiles.dates(of: $0.certificate, at: clock.now()) }
        status.warnings += [
            eventOutput.warning, metrics?.warning, replica?.warning, dates.map { "the certificate \($0.words)" },
        ]
        .compactMap(\.self)
        return status
    }
}

/// The overrides from before the start, and the store for later ones.
struct LoadedState: Sendable {
    let store: any OverrideStore
    let state: OverrideState
    /// Where the state comes from, on a desk of several replicas; `nil` for a server of its own.
    var share: KeptShare?
    /// The newest lines of the audit.
    let audit: [AuditEntry]
    /// Warnings for the operator, a sentence each.
    let warnings: [String]
    /// Where the last good rules are kept; `nil` for nowhere.
    let lastGood: LastGoodRules?
    /// What other programs read in the folder; `nil` without one.
    let note: StateNote?
    /// The folder on disk; `nil` without one.
    let files: StateFiles?
    /// Whether a server used the folder before.
    var hadServer = false

    /// No overrides; new ones are lost at the end.
    static let none = LoadedState(
        store: InMemoryOverrideStore(), state: OverrideState(), audit: [], warnings: [], lastGood: nil, note: nil,
        files: nil)

    /// Opens a state folder, which the server before this one may take a while to release.
    static func kept(in folder: String, waiting patience: Duration = .zero) async throws -> LoadedState {
        let end = ContinuousClock.now + patience
        do throws(StateFilesError) {
            let opening = try await opening(of: folder, until: end)
            return LoadedState(
                store: opening.files, state: opening.state, share: opening.share, audit: opening.audit,
                warnings: opening.warnings,
                lastGood: opening.lastGood, note: opening.note, files: opening.files, hadServer: opening.hadServer)
        } catch {
            guard error.isReadOnly, let state = unwritable(folder, error) else {
                throw CommandFailure(.failure, error.description)
            }
            return state
        }
    }

    /// What a folder on a file system that cannot be written has: callers must not find closed lines open.
    private static func unwritable(_ folder: String, _ failure: StateFilesError) -> LoadedState? {
        do throws(StateFilesError) {
            let store = try UnwritableState(folder, instead: failure, now: WallClock.system.now)
            let warning =
                "\(folder) is on a read-only file system: the overrides that were saved are in force, and none can be changed "
                + "until it can be written."
            return LoadedState(
                store: store, state: store.state, audit: store.audit, warnings: [warning], lastGood: nil, note: nil,
                files: nil)
        } catch {
            return nil
        }
    }

    private static func opening(
        of folder: String, until end: ContinuousClock.Instant
    ) async throws(StateFilesError) -> StateFiles.Opening {
        while true {
            do throws(StateFilesError) {
                return try StateFiles.open(folder, at: WallClock.system.now())
            } catch {
                guard case .inUse = error, ContinuousClock.now < end else { throw error }
                do { try await Task.sleep(for: .milliseconds(20)) } catch { break }
            }
        }
        return try StateFiles.open(folder, at: WallClock.system.now())
    }
}
