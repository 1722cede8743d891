// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Dashboard
import DashboardRuntime
import Calls
import EventLog
import Files
import Foundation
import Overrides
import Rules

/// `switchboard view`: the dashboard on a record.
struct ViewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view", abstract: "Show calls and lines of the past, as the desk was then.",
        discussion: """
            Without a file it shows the journal of the running server, or the one in the state folder. Nothing can be \
            changed. Times are read as of the end of the record.

            EXAMPLES:
              switchboard view --at 14:02
              switchboard view calls.jsonl
              switchboard view --journal backup.sqlite --at 'yesterday 18:00'
            """)

    @Argument(
        help: ArgumentHelp("An export as JSON lines, or a journal.", valueName: "FILE"), completion: .file())
    var file: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "The time to begin with: 14:02, 10m, 'yesterday 18:00', 2026-06-02T10:00; default: the end of the record.",
            valueName: "TIME"))
    var at: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Keep only the last three digits of telephone numbers; as the rules file says if left out.")
    var mask: Bool?

    @OptionGroup var place: JournalPlace

    @OptionGroup var dashboard: DashboardOptions

    func validate() throws {
        if file != nil, place.journal != nil { throw ValidationError("FILE and --journal cannot be combined.") }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        if let why = DashboardOptions.obstacle(environment: environment) {
            throw CommandFailure(.usage, "view needs a terminal that can show a dashboard: \(why).")
        }
        let record = try await RecordFile.open(file, place)
        let player = try RecordPlayer(record, masks: mask)
        let frame = try at.map { text in try player.frame(at: try player.moment(text)) } ?? player.end()
        let plan = try dashboard.plan(environment: environment, isAttached: true)
        let reason = try await show(frame, player, plan)
        if reason != .success { throw CommandFailure(reason, "") }
    }

    private func show(_ frame: RecordFrame, _ player: RecordPlayer, _ plan: DashboardPlan) async throws -> ExitReason {
        let stop = ShutdownCoordinator()
        let services = DashboardServices(
            now: WallClock.system.now, snapshot: { frame.log }, status: { .unknown }, statusVersion: { 0 },
            perform: player.perform)
        let console = OperatorConsole(
            plan: plan, services: services, clock: LocalClock { player.zone.offset(at: $0) }, onHangup: .exit,
            stop: stop, showing: frame)
        let signals = await ProcessSignals(stopping: stop) {
            stop.note(.hungUp)
            console.end(.hungUp)
        }
        defer { withExtendedLifetime(signals) {} }
        return try await stop.run([console])
    }
}

/// Opens a record, whatever it is.
enum RecordFile {
    private static let databaseMark = Array("SQLite format 3\0".utf8)

    /// The named file, pipe or standard input (`-`), else a journal.
    static func open(_ file: String?, _ place: JournalPlace) async throws -> any DeskRecord {
        guard let file else {
            let found = try await place.found()
            let lag = found.lag?.words
            if let lag { StandardError.say("Note: \(lag).") }
            return try JournalRecord(found.path, of: found.server, lacking: lag)
        }
        let path = file == WholeFile.standardInput ? file : NamedFiles.absolute(file)
        return try isJournal(path) ? try JournalRecord(path) : try ExportRecord(path)
    }

    private static func isJournal(_ path: String) throws(CommandFailure) -> Bool {
        // The bytes of a pipe are gone once they are read.
        guard FileIdentity(path)?.isRegularFile == true else { return false }
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { file.closeFile() }
            return try file.read(upToCount: databaseMark.count).map(Array.init) == databaseMark
        } catch {
            throw CommandFailure(.failure, "cannot read \(path): \(NamedFiles.words(for: error))")
        }
    }
}

extension ServerStatus {
    /// Of no server.
    static let unknown = ServerStatus(
        overrides: [], lines: [],
        server: ServerInfo(address: "", webhookURL: "", isSigned: true, answerWithinMilliseconds: 0), closingTexts: [],
        greetingTexts: [], undo: nil, warnings: [], timeZone: "UTC")
}
