// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Foundation
import JSON
import Journal
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
        subcommands: [Info.self, Check.self, Compact.self, Backup.self, Forget.self])

    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what the journal holds.")

        @OptionGroup var place: JournalPlace

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let path = try await place.path()
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

    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the journal as it is now into a new file.")

        @Argument(help: ArgumentHelp("The copy; it must not exist.", valueName: "FILE"), completion: .file())
        var file: String

        @OptionGroup var place: JournalPlace

        func run() async throws {
            let path = try await place.path()
            let copy = NamedFiles.absolute(file)
            let facts = try JournalPlace.using { () throws(JournalProblem) in
                try JournalTools.backup(path, to: copy)
                return try JournalReader(copy).facts()
            }
            StandardOutput.say("\(copy): \(CountText.words(facts.calls, "call")), \(JournalPlace.size(facts.bytes))")
        }
    }
}

extension JournalCommand {
    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a person's number from the journal and the state folder; no server may run.",
            discussion: """
                Calls of the number stay under a random name, so that counts stay; their words, webhooks and replies go. \
                Anywhere else the digits are replaced by zeros. The rules file, files that it names, exports, backups, \
                logs and the platform are not touched.
                """)

        @Argument(help: ArgumentHelp("The number, such as +31612345678.", valueName: "NUMBER"))
        var number: String

        @ArgumentParser.Option(
            help: ArgumentHelp(
                "State folder; default: $XDG_STATE_HOME/switchboard or ~/.local/state/switchboard.", valueName: "DIR"),
            completion: .directory)
        var state: String?

        @ArgumentParser.Option(
            help: ArgumentHelp("The journal; default: calls.sqlite in the state folder.", valueName: "FILE"),
            completion: .file())
        var journal: String?

        @Flag(help: "Confirm: nothing of it can be undone.")
        var yes = false

        func run() async throws {
            guard let number = PhoneNumber(number) else {
                throw CommandFailure(.usage, "NUMBER must be in E.164 form, such as +31612345678.")
            }
            let environment = ProcessInfo.processInfo.environment
            let folder = try StateFolder.find(named: state, environment: environment)
            let path = journal.map(NamedFiles.absolute) ?? "\(folder)/\(Journal.fileName)"
            guard yes else {
                throw CommandFailure(
                    .failure, "Nothing changed: this cannot be undone; confirm with --yes that \(number) is forgotten.")
            }
            let files = try files(of: folder, without: number)
            let forgotten = try forgotten(number, in: path)
            StandardOutput.say(words(number, forgotten, files))
            StandardOutput.say(
                "not reached: the rules file and the files that it names, last-good-rules, exports, backups, logs, the "
                    + "platform, and spellings with blanks between the digits in free text")
        }

        private func files(of folder: String, without number: PhoneNumber) throws -> [String] {
            guard FileManager.default.fileExists(atPath: folder) else { return [] }
            do throws(StateFilesError) {
                return try StateFiles.forget(number, in: folder)
            } catch {
                throw failure(error)
            }
        }

        private func failure(_ error: StateFilesError) -> CommandFailure {
            guard case .inUse(_, let process) = error else { return CommandFailure(.failure, error.description) }
            return CommandFailure(
                .failure,
                "Nothing changed: the server\(process.map { ", process \($0)," } ?? "") has the number in memory; stop it, "
                    + "and run this again.")
        }

        private func forgotten(_ number: PhoneNumber, in path: String) throws -> Forgotten? {
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return try JournalPlace.using { () throws(JournalProblem) in
                try JournalTools.forget(number, in: path)
            }
        }

        private func words(_ number: PhoneNumber, _ forgotten: Forgotten?, _ files: [String]) -> String {
            let calls =
                forgotten.map { forgotten in
                    CountText.words(forgotten.calls, "call") + (forgotten.name.map { " (now \($0))" } ?? "")
                        + " and \(CountText.words(forgotten.others, "other row")) of the journal"
                } ?? "no journal"
            return "\(number) is forgotten: \(calls)" + files.map { ", \($0)" }.joined()
        }
    }
}

/// Which journal a command is about.
struct JournalPlace: ParsableArguments {
    @ArgumentParser.Option(
        help: ArgumentHelp(
            "The journal; default: that of the running server, then calls.sqlite in the state folder.",
            valueName: "FILE"), completion: .file())
    var journal: String?

    @OptionGroup var server: SocketOption

    /// The path of the journal: the named one, that of a running server, or the usual one.
    func path() async throws -> String {
        if let journal { return NamedFiles.absolute(journal) }
        if let path = await served() { return path }
        let environment = ProcessInfo.processInfo.environment
        let path = "\(try StateFolder.find(named: nil, environment: environment))/\(Journal.fileName)"
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .failure, "no journal: no server is running, and \(path) does not exist; name one with --journal FILE")
        }
        return path
    }

    /// The journal of the running server; `nil` if there is no server, or it keeps none.
    private func served() async -> String? {
        do {
            return try await ControlClient.with(socket: server.socket) { try await $0.status() }.journal?.file
        } catch {
            return nil
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
