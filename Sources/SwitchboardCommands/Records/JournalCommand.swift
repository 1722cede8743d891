// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Foundation
import JSON
import Journal
import OutboundHTTP
import Overrides
import StateFiles

/// `switchboard journal`: the record of calls on disk.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Look after the record of calls on disk.",
        discussion: """
            Works while a server writes the journal, and without one.

            EXAMPLES:
              switchboard journal info
              switchboard journal backup calls-2026-07.sqlite
            """,
        subcommands: [
            Info.self, Check.self, Compact.self, Backup.self, Restore.self, Upgrade.self, Forget.self,
        ])

    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what the journal holds.")

        @OptionGroup var place: JournalPlace

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let path = try await place.notedPath()
            let facts = try JournalPlace.using { () throws(JournalProblem) in try JournalReader(path).facts() }
            json ? StandardOutput.document(facts.document(of: path)) : facts.lines(of: path).forEach(StandardOutput.say)
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that the journal is whole; exit code 1 if it is not.")

        @OptionGroup var place: JournalPlace

        func run() async throws {
            let path = try await place.path()
            let problems = try JournalPlace.using { () throws(JournalProblem) in try JournalReader(path).check() }
            guard problems.isEmpty else {
                throw CommandFailure(
                    .failure,
                    "\(path) is damaged:\n  " + problems.joined(separator: "\n  ")
                        + "\nA server keeps it under another name and begins a new one when it finds out.")
            }
            StandardOutput.say("\(path) is whole")
        }
    }

    struct Compact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give free space in the journal back to the disk.")

        @OptionGroup var place: JournalPlace

        func run() async throws {
            let path = try await place.path()
            let (before, after) = try JournalPlace.using { () throws(JournalProblem) in
                let before = try JournalReader(path).facts().bytes
                try JournalTools.compact(path)
                return (before, try JournalReader(path).facts().bytes)
            }
            StandardOutput.say("\(path): \(JournalPlace.size(before)) before, \(JournalPlace.size(after)) now")
        }
    }

    struct Upgrade: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring a journal or a backup of an earlier version up to date.",
            discussion: "A server does that with its own journal when it starts.")

        @OptionGroup var place: JournalPlace

        func run() async throws {
            let path = try await place.path()
            let wasEarlier = try JournalPlace.using { () throws(JournalProblem) in try JournalTools.upgrade(path) }
            StandardOutput.say(wasEarlier ? "\(path) is up to date now" : "\(path) was up to date")
        }
    }

    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the journal as it is now into a new file.")

        @Argument(help: ArgumentHelp("The copy; it must not exist.", valueName: "FILE"), completion: .file())
        var file: String

        @OptionGroup var place: JournalPlace

        func run() async throws {
            let path = try await place.notedPath()
            let copy = NamedFiles.absolute(file)
            let facts = try JournalPlace.using { () throws(JournalProblem) in
                try JournalTools.backup(path, to: copy)
                return try JournalReader(copy).facts()
            }
            StandardOutput.say("\(copy): \(CountText.words(facts.calls, "call")), \(JournalPlace.size(facts.bytes))")
        }
    }
}

/// Which journal a command is about.
struct JournalPlace: ParsableArguments {
    @ArgumentParser.Option(
        help: ArgumentHelp(
            "The journal; default: that of the running server, or of the one that used the state folder last.",
            valueName: "FILE"), completion: .file())
    var journal: String?

    @OptionGroup var server: SocketOption

    /// A journal, with the server that writes it and what it lacks, if one was asked.
    struct Found {
        let path: String
        var server: ServerStatus?
        /// What the journal does not have of what the server knows; `nil` for nothing.
        var lag: JournalLag?
    }

    /// The path of the journal: the named one, that of the running server, or the usual one.
    func path() async throws -> String { try await found().path }

    /// The same with a note on what it lacks of what its server knows.
    func notedPath() async throws -> String {
        let found = try await found()
        if let lag = found.lag { StandardError.say("Note: \(lag.words).") }
        return found.path
    }

    /// The same with the server that writes it, if one was asked.
    func found() async throws -> Found {
        if let journal { return Found(path: NamedFiles.absolute(journal)) }
        if let served = try await served() { return served }
        guard let path = try RecordPlace.usualJournal() else {
            let folder = try StatePath.find(named: nil, environment: ProcessInfo.processInfo.environment)
            throw CommandFailure(
                .failure,
                "no journal: no server is running, and \(folder)/\(Journal.fileName) does not exist; name one with "
                    + "--journal FILE")
        }
        return Found(path: path)
    }

    /// The journal that a backup is put in the place of, which need not be there.
    func target() async throws -> String {
        if let journal { return NamedFiles.absolute(journal) }
        if let served = try await served() {
            throw CommandFailure(.failure, Self.inUse(served.path))
        }
        if let usual = try RecordPlace.usualJournal() { return usual }
        let folder = try StatePath.find(named: nil, environment: ProcessInfo.processInfo.environment)
        return KeptSetting.journal(of: folder)
    }

    /// Why nothing takes the place of a journal.
    static func inUse(_ path: String) -> String {
        "Nothing changed: a server writes \(path); stop it, restore, and start it again."
    }

    /// The journal of the running server; `nil` if there is no server, and none was named.
    private func served() async throws -> Found? {
        try await ControlClient.with(socket: server.socket) { client in
            guard let report = try await client.reportIfRunning() else {
                guard server.socket == nil else { throw CommandFailure(.failure, client.words(.nobodyListens)) }
                return nil
            }
            guard let journal = report.server.journal else {
                throw CommandFailure(
                    .failure, "the server at \(client.path) keeps no journal; name one with --journal FILE")
            }
            return Found(
                path: journal.file, server: report.server, lag: try await JournalLag.after(report, client))
        }
    }

    /// Runs what needs a journal; its problems are failures of the command.
    static func using<Result>(_ body: () throws(JournalProblem) -> Result) throws -> Result {
        do throws(JournalProblem) {
            return try body()
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }

    static func size(_ bytes: Int) -> String {
        let units: [(String, Int)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        guard let (unit, size) = units.first(where: { bytes >= $0.1 }) else { return "\(bytes) bytes" }
        let tenths = bytes * 10 / size
        return "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}

extension JournalFacts {
    fileprivate func lines(of path: String) -> [String] {
        let period = oldest.flatMap { oldest in newest.map { "\(oldest.iso8601) to \($0.iso8601)" } }
        let others = [
            CountText.words(deskEvents, "desk event"), CountText.words(refusedRequests, "refused request"),
            CountText.words(sessions, "session"),
        ]
        return [
            path, "  " + CountText.words(calls, "call") + (period.map { ", \($0)" } ?? ""),
            "  " + others.joined(separator: ", "),
            "  \(JournalPlace.size(bytes)), of which \(JournalPlace.size(freeBytes)) are free",
        ]
    }

    fileprivate func document(of path: String) -> String {
        JSONValue.object([
            .init("file", .string(path)), .init("calls", .integer(calls)), .init("sessions", .integer(sessions)),
            .init("desk_events", .integer(deskEvents)), .init("refused", .integer(refusedRequests)),
            .init("oldest", oldest.map { .string($0.iso8601) } ?? .null),
            .init("newest", newest.map { .string($0.iso8601) } ?? .null), .init("bytes", .integer(bytes)),
            .init("free_bytes", .integer(freeBytes)),
        ]).text
    }
}
