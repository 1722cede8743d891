// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What the operator sees: the overrides, the lines and the server, at one moment.
package struct ServerStatus: Hashable, Sendable {
    /// The overrides in force, in the order in which they were set.
    package var overrides: [Override]
    /// The overrides on callers.
    package var callers: CallersStatus
    package var lines: [LineStatus]
    package var server: ServerInfo
    /// The closing texts of the rules file, the one named `closed` or a usual one first.
    package var closingTexts: [String]
    /// The greetings of the rules file.
    package var greetingTexts: [String]
    /// What `undo` would revert, such as `closed all lines`; `nil` when there is nothing.
    package var undo: Undo?
    /// Shown until the next change, such as that the saved state was damaged.
    package var warnings: [String]
    /// The name of the rules file's time zone, such as `Europe/Amsterdam`.
    package var timeZone: String
    /// Whether the rules in use are those of the file.
    package var rules: RulesFileStatus
    /// The rules that let callers in while lines are closed.
    package var bypasses: [BypassRule]
    /// The rules that decide before closures and reject, with words of their own.
    package var bypassRejections: [BypassRule]
    /// The probes of the public address; `nil` if none are sent.
    package var probe: ProbeStatus?
    /// The record of calls on disk; `nil` if none is kept.
    package var journal: JournalStatus?
    /// What today's counts are, next to those since the start; `nil` where nobody counts by day.
    package var day: DayCounts?
    /// What rules that look back know of earlier calls; `nil` where none look back.
    package var lookingBack: LookingBackStatus?
    /// Whether the rules file has telephone numbers masked where people read them.
    package var masksNumbers: Bool
    /// How long before their arrival the newest webhooks were signed, in seconds by the server's clock; negative where the
    /// platform's clock is ahead, `nil` where no signed webhook has arrived.
    package var signedAge: Int?
    /// The desk that this server is a replica of; `nil` for a server of its own.
    package var shared: SharedDeskStatus?

    package init(
        overrides: [Override], lines: [LineStatus], server: ServerInfo, closingTexts: [String],
        greetingTexts: [String], undo: Undo?, warnings: [String], timeZone: String,
        rules: RulesFileStatus = .good, bypasses: [BypassRule] = [], bypassRejections: [BypassRule] = [],
        probe: ProbeStatus? = nil, journal: JournalStatus? = nil, day: DayCounts? = nil,
        lookingBack: LookingBackStatus? = nil,
        masksNumbers: Bool = false, signedAge: Int? = nil, callers: CallersStatus = .none,
        shared: SharedDeskStatus? = nil
    ) {
        self.overrides = overrides
        self.callers = callers
        self.lines = lines
        self.server = server
        self.closingTexts = closingTexts
        self.greetingTexts = greetingTexts
        self.undo = undo
        self.warnings = warnings
        self.timeZone = timeZone
        self.rules = rules
        self.bypasses = bypasses
        self.bypassRejections = bypassRejections
        self.probe = probe
        self.journal = journal
        self.day = day
        self.lookingBack = lookingBack
        self.masksNumbers = masksNumbers
        self.signedAge = signedAge
        self.shared = shared
    }

    /// What stays the same while the server runs.
    package struct ServerInfo: Hashable, Sendable {
        /// The address of the webhook, such as `127.0.0.1:8787`.
        package var address: String
        /// The address as a URL with its path, such as `http://127.0.0.1:8787/webhook`.
        package var webhookURL: String
        /// Whether requests must be signed.
        package var isSigned: Bool
        /// How long an answer may take before the fallback goes out, in milliseconds.
        package var answerWithinMilliseconds: Int
        /// The process, and the files that it uses; `nil` from a server that does not say.
        package var process: ServerProcess?

        package init(
            address: String, webhookURL: String, isSigned: Bool, answerWithinMilliseconds: Int,
            process: ServerProcess? = nil
        ) {
            self.address = address
            self.webhookURL = webhookURL
            self.isSigned = isSigned
            self.answerWithinMilliseconds = answerWithinMilliseconds
            self.process = process
        }
    }

    package var address: String { server.address }
    package var webhookURL: String { server.webhookURL }
    package var isSigned: Bool { server.isSigned }
    package var answerWithinMilliseconds: Int { server.answerWithinMilliseconds }

    /// The change that `undo` reverts.
    package struct Undo: Hashable, Sendable {
        /// What was done, such as `closed all lines`.
        package let words: String
        /// The scopes that it changed.
        package let scopes: [Scope]
        /// What undoing it does; `nil` where the server does not say, as older ones do not.
        package let effect: Effect?

        package init(words: String, scopes: [Scope], effect: Effect? = nil) {
            self.words = words
            self.scopes = scopes
            self.effect = effect
        }

        /// The overrides that undoing ends, and those that it brings back.
        package struct Effect: Hashable, Sendable {
            package let ended: [Override]
            package let restored: [Override]
            /// What undoing does to callers.
            package let callers: CallerChanges

            package init(ended: [Override], restored: [Override], callers: CallerChanges = .none) {
                self.ended = ended
                self.restored = restored
                self.callers = callers
            }
        }
    }

    /// The forced greeting of a scope.
    package func greeting(of scope: Scope) -> Override? {
        overrides.last { $0.scope == scope && !$0.kind.isClosure }
    }

    /// The groups of the lines, in the order of the rules file.
    package var groups: [String] { lines.groups }

    /// The lines that a scope covers.
    package func lines(in scope: Scope) -> [LineStatus] { lines.lines(in: scope) }

    /// Whether an override covers no line: its line or group is no longer in the rules file.
    package func isIdle(_ override: Override) -> Bool { override.scope != .all && lines(in: override.scope).isEmpty }

    /// Whether undoing changes more than one line; without lines it applies to every number.
    package func isWide(_ undo: Undo) -> Bool {
        Set(undo.scopes.flatMap { lines(in: $0) }.map(\.number)).count > 1 || lines.isEmpty
    }
}

/// The process of a server, and the files that it uses, by their absolute paths.
package struct ServerProcess: Hashable, Sendable {
    package let id: Int
    /// `nil` if the rules are built in or came through a pipe.
    package let rulesFile: String?
    /// `nil` if nothing is kept.
    package let stateFolder: String?
    /// `nil` if events are not logged to a file.
    package let logFile: String?

    package init(id: Int, rulesFile: String?, stateFolder: String?, logFile: String?) {
        self.id = id
        self.rulesFile = rulesFile
        self.stateFolder = stateFolder
        self.logFile = logFile
    }
}

extension ServerStatus {
    /// The status at a later moment, as far as it is known without asking again: overrides have ended, lines have changed.
    package func carriedOn(to now: Instant) -> ServerStatus {
        var status = self
        status.overrides = overrides.filter { $0.isInForce(at: now) }
        status.callers = callers.carriedOn(to: now)
        status.lines = lines.map { $0.carriedOn(to: now) }
        return status
    }

    /// Whether anything in it is over.
    package func isOver(at now: Instant) -> Bool {
        !overrides.allSatisfy { $0.isInForce(at: now) } || callers.nextEnd.map { $0 <= now } ?? false
            || lines.contains { line in line.changes.first.map { $0.at <= now } ?? false }
    }
}

extension LineStatus {
    /// Only the server knows what callers hear then; what decides is known already.
    fileprivate func carriedOn(to now: Instant) -> LineStatus {
        let past = changes.prefix { $0.at <= now }
        guard let last = past.last else { return self }
        let ahead = Array(changes.dropFirst(past.count))
        return LineStatus(
            number: number, name: name, group: group, state: last.state, by: last.by, says: says,
            until: ahead.first?.at, untilOffset: ahead.first?.offset ?? 0,
            next: ahead.first.map { Next(state: $0.state, by: $0.by) },
            nextChange: nextChange.flatMap { $0 > now ? $0 : nil }, changes: ahead)
    }
}

extension ServerStatus {
    /// When a line or an override next changes without an operator; `nil` if nothing will.
    ///
    /// What is past is not waited for: a server whose clock is slow would be asked all the time.
    package func nextEnd(after now: Instant) -> Instant? {
        let ofLines = lines.flatMap { [$0.until, $0.nextChange, $0.wordsUntil, $0.withoutOverrides?.turn?.at] }
            .compactMap(\.self)
        return (ofLines + overrides.compactMap(\.until) + [callers.nextEnd].compactMap(\.self)).filter { $0 > now }
            .min()
    }
}
