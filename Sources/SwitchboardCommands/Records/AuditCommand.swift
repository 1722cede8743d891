// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Files
import Foundation
import JSON
import OutboundHTTP
import Overrides
import Rules
import Screen
import StateFiles
import TimeZones
import WireFormat

/// `switchboard audit`: what operators did.
struct AuditCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "List what operators did, the oldest first.",
        discussion: """
            It asks the running server. If none is running, it reads the audit in the state folder.

            EXAMPLES:
              switchboard audit --since yesterday
              switchboard audit --json | jq '.audit[] | select(.scope == "all")'
            """)

    @ArgumentParser.Option(
        help: ArgumentHelp("Only from this time on: 10m, 14:30, 'yesterday 18:00', 2026-06-02.", valueName: "TIME"))
    var since: String?

    @ArgumentParser.Option(help: ArgumentHelp("Only before this time.", valueName: "TIME"))
    var until: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("Read this state folder instead of asking the server.", valueName: "DIR"),
        completion: .directory)
    var state: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("Read what this journal has of it instead.", valueName: "FILE"), completion: .file())
    var journal: String?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Keep only the last three digits of telephone numbers; as the rules file says if left out. JSON has them in full."
    )
    var mask: Bool?

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        if operatorOptions.json, mask == true { throw ValidationError("--json and --mask cannot be combined.") }
        guard [state, journal, operatorOptions.socket].compactMap(\.self).count < 2 else {
            throw ValidationError("--state, --journal and --socket cannot be combined.")
        }
    }

    func run() async throws {
        if let journal {
            let calls = try JournalCalls(NamedFiles.absolute(journal))
            return try show(calls.audit(), in: calls.zone, masked: calls.masksNumbers, at: calls.now)
        }
        if let state { return try printFolder(try StatePath.find(named: state, environment: environment)) }
        do {
            try await ControlClient.with(socket: operatorOptions.socket) { try await run(with: $0) }
        } catch let rejection as ServerRejection {
            if operatorOptions.json { StandardOutput.document(rejection.failure.document.text) }
            let words = operatorOptions.json ? "" : CleanText.clean(rejection.failure.message)
            throw CommandFailure(rejection.failure.code == "bad_time" ? .usage : .failure, words)
        }
    }

    func run(with client: ControlClient) async throws {
        let query = [("since", since), ("until", until)].compactMap { name, value in value.map { (name, $0) } }
        guard let body = try await client.sendIfRunning(.get, RequestTarget.target("/v1/audit", query)) else {
            guard operatorOptions.socket == nil else { throw CommandFailure(.failure, client.words(.nobodyListens)) }
            let folder = try StatePath.find(named: nil, environment: environment)
            StandardError.say("Note: no server is running; reading the audit in \(folder).")
            return try printFolder(folder)
        }
        let entries = try client.read(body, AuditList.read)
        let server = operatorOptions.json ? nil : try await client.status()
        show(
            entries, OverrideTimeText(zone: server?.timeZone ?? "UTC", now: WallClock.system.now()),
            masked: server?.masksNumbers ?? false)
    }

    private var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Prints the audit of a folder, by the rules that its server used last; without those times are on this machine's clock.
    private func printFolder(_ folder: String) throws {
        let entries: [AuditEntry]
        do throws(FileProblem) {
            entries = try StateFiles.auditEntries(in: folder)
        } catch {
            throw CommandFailure(.failure, "Cannot read the audit: \(error)")
        }
        let rules = KeptSetting(of: folder)
        try show(
            entries, in: rules?.zone ?? TimeZone.current.identifier, masked: rules?.masksNumbers ?? false,
            at: WallClock.system.now())
    }

    /// Prints the entries of the period, on the clock of a zone.
    private func show(_ entries: [AuditEntry], in zone: String, masked: Bool, at now: Instant) throws {
        let period = try PeriodOptions.period(since: since, until: until, now: now, clock: .ofZone(zone))
        show(entries.filter { period.contains($0.at) }, OverrideTimeText(zone: zone, now: now), masked: masked)
    }

    private func show(_ entries: [AuditEntry], _ clock: OverrideTimeText, masked: Bool) {
        guard !operatorOptions.json else { return StandardOutput.document(AuditList.document(entries).text) }
        let isMasked = mask ?? masked
        for entry in entries {
            let words = CleanText.clean(AuditWords.sentence(entry, clock))
            StandardOutput.say(isMasked ? NumberMask.masked(words) : words)
        }
        if entries.isEmpty { StandardError.say("The audit has no entry for that time.") }
    }
}

/// A line of the audit in words.
enum AuditWords {
    static func sentence(_ entry: AuditEntry, _ clock: OverrideTimeText) -> String {
        let local = clock.local(entry.at)
        let who = entry.who.map { " by \($0)" } ?? ""
        return "\(local.words)  \(entry.words)\(who)" + details(entry, clock)
    }

    /// The end, the reason and the text of an override that begins.
    private static func details(_ entry: AuditEntry, _ clock: OverrideTimeText) -> String {
        guard entry.event?.begins == true else { return "" }
        switch entry.content {
        case .change(_, let override, old: _):
            return details(override.until, override.reason, override.kind.text, entry.at, clock)
        case .caller(_, let override, old: _):
            return details(override.until, override.reason, override.kind.text, entry.at, clock)
        case .forgottenCaller, .note, .remark: return ""
        }
    }

    private static func details(
        _ until: Instant?, _ reason: String, _ text: String?, _ start: Instant, _ clock: OverrideTimeText
    ) -> String {
        let end = until.map { until in
            let local = clock.local(until)
            return local.date == clock.local(start).date
                ? ", until \(local.clock)" : ", until \(local.date) \(local.clock)"
        }
        let reason = reason.isEmpty ? "" : ", reason: \(reason)"
        let text = text.map { ": \"\($0)\"" } ?? ""
        return (end ?? ", no end") + reason + text
    }
}
