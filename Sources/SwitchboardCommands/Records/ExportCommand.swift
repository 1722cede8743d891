// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import EventLog
import Exports
import Foundation
import Journal
import OutboundHTTP
import Synchronization
import WireFormat

/// `switchboard export`: the calls of the running server, or of a journal, as a file.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write calls as JSON lines, CSV or Markdown, the oldest first.",
        discussion: """
            \(RecordPlace.explanation) The journal has what was said on calls only with `transcripts: true` in the rules file.

            EXAMPLES:
              switchboard export --output calls.jsonl
              switchboard export --format csv --mask --since yesterday --output calls.csv
              switchboard export --journal backup.sqlite --output calls.jsonl
            """)

    @OptionGroup var selection: SelectionOptions

    @ArgumentParser.Option(
        name: .customLong("format"),
        help: ArgumentHelp("jsonl (complete), csv or md; as the file's name ends if left out.", valueName: "FORMAT"))
    var chosenFormat: ExportFormat?

    private var format: ExportFormat { chosenFormat ?? ExportFormat(path: file.output ?? "") }

    @Flag(
        inversion: .prefixedNo,
        help: "Keep only the last three digits of telephone numbers, in texts too; as the rules file says if left out.")
    var mask: Bool?

    @Flag(help: "Leave out what was said on the calls.")
    var withoutTranscripts = false

    @OptionGroup var file: OutputFileOptions

    @OptionGroup var place: RecordPlace

    /// How long the server may send nothing.
    private static let silence = Duration.seconds(60)

    func run() async throws {
        do {
            try await place.find(selected: selection, asking: { try await run(with: $0) }, reading: { try write($0) })
        } catch let rejection as ServerRejection {
            throw rejection.failure(in: selection)
        }
    }

    private func write(_ calls: JournalCalls) throws {
        let export = CallExport(
            format,
            ExportOptions(
                masksNumbers: mask ?? calls.masksNumbers, hidesTranscripts: withoutTranscripts, clock: calls.clock,
                now: calls.now))
        var scan = try calls.scan(selection, .oldestFirst)
        try calls.noteBeginning(selection)
        let draft = try file.draft()
        let progress = draft == nil ? nil : ExportProgress.onTerminal()
        defer { progress?.clear() }
        var count = 0
        func put(_ bytes: [UInt8]) throws {
            guard !bytes.isEmpty else { return }
            guard let draft else { return StandardOutput.emit(bytes) }
            do throws(NewFile.Problem) {
                try draft.append(bytes)
            } catch {
                throw file.failure(error)
            }
        }
        do {
            try put(export.head)
            while !StandardOutput.isBroken {
                var bytes: [UInt8] = []
                if format == .csv {
                    guard let page = try scan.nextRows() else { break }
                    for row in page { export.append(row, to: &bytes) }
                    count += page.count
                } else {
                    guard let page = try scan.nextRecords() else { break }
                    for call in page { bytes += export.row(call) }
                    count += page.count
                }
                try put(bytes)
                progress?.note(scan.looked, of: scan.total)
            }
            try finish(draft)
        } catch {
            draft?.discard()
            throw error
        }
        progress?.clear()
        guard let path = file.path else { return }
        StandardError.say("Wrote \(CountText.words(count, "call")) to \(path).")
    }

    private func finish(_ draft: NewFile.Draft?) throws {
        do throws(NewFile.Problem) {
            try draft?.finish()
        } catch {
            throw file.failure(error)
        }
    }

    private func run(with client: ControlClient) async throws {
        let query =
            selection.query + [("format", format.rawValue), ("end", "line")]
            + (mask.map { [("mask", $0 ? "true" : "false")] } ?? [])
            + (withoutTranscripts ? [("transcripts", "false")] : [])
        let before = try await client.evicted()
        let receiver = ExportReceiver(to: try file.draft(), of: file)
        do {
            let target = RequestTarget.target("/v1/export", query)
            let reply = try await client.stream(target, silence: Self.silence) { receiver.take($0) }
            if let reply { throw ServerRejection(failure: try client.read(reply, ControlFailure.read)) }
            try receiver.finish(headLines: format.headLines)
        } catch {
            receiver.discard()
            throw error
        }
        guard let path = file.path else { return }
        let evicted = before > 0 ? " \(before) older calls are no longer in memory." : ""
        StandardError.say("Wrote \(receiver.count(headLines: format.headLines)) calls to \(path).\(evicted)")
    }
}

extension ExportFormat: ExpressibleByArgument {}

extension ExportFormat {
    /// How many lines come before the first call.
    fileprivate var headLines: Int {
        switch self {
        case .jsonLines: 0
        case .csv: 1
        case .markdown: 2
        }
    }
}

/// Where a command writes what it made.
struct OutputFileOptions: ParsableArguments {
    @ArgumentParser.Option(
        name: .shortAndLong, help: ArgumentHelp("File, readable by you only; default: stdout.", valueName: "FILE"),
        completion: .file())
    var output: String?

    @Flag(help: "Replace the file if it exists.")
    var overwrite = false

    /// The path of the file; `nil` for stdout, which `-` names too.
    var path: String? { output == "-" ? nil : output }

    /// Begins the file; `nil` for stdout.
    func draft() throws -> NewFile.Draft? {
        guard let output = path else { return nil }
        guard !output.isEmpty else { throw CommandFailure(.usage, "--output: the path is empty.") }
        do throws(NewFile.Problem) {
            return try NewFile.Draft(for: output, overwriting: overwrite)
        } catch {
            throw failure(error)
        }
    }

    func failure(_ problem: NewFile.Problem) -> CommandFailure { Self.failure(problem, output) }

    fileprivate static func failure(_ problem: NewFile.Problem, _ output: String?) -> CommandFailure {
        let path = output ?? "stdout"
        return switch problem {
        case .exists: CommandFailure(.failure, "\(path) already exists; not changed. Replace it with --overwrite.")
        case .system(let words): CommandFailure(.failure, "cannot write \(path): \(words)")
        }
    }
}

/// Takes an export line by line; an empty line is the end.
private final class ExportReceiver: Sendable {
    private struct State {
        var lines = 0
        var isComplete = false
        var problem: NewFile.Problem?
    }

    private let draft: NewFile.Draft?
    private let failure: @Sendable (NewFile.Problem) -> CommandFailure
    private let state = Mutex(State())
    private let progress: ExportProgress?

    init(to draft: NewFile.Draft?, of file: OutputFileOptions) {
        self.draft = draft
        failure = { [path = file.output] in OutputFileOptions.failure($0, path) }
        progress = draft == nil ? nil : ExportProgress.onTerminal()
    }

    func take(_ line: [UInt8]) {
        state.withLock { state in
            guard !line.isEmpty else { return state.isComplete = true }
            state.lines += 1
            progress?.note(state.lines)
            guard let draft else { return StandardOutput.emit(line + [0x0A]) }
            guard state.problem == nil else { return }
            do throws(NewFile.Problem) {
                try draft.append(line + [0x0A])
            } catch {
                state.problem = error
            }
        }
    }

    func count(headLines: Int) -> Int { state.withLock { max(0, $0.lines - headLines) } }

    /// Gives the file its name if all of the export came.
    func finish(headLines: Int) throws {
        progress?.clear()
        let state = state.withLock { ($0.isComplete, $0.problem) }
        if let problem = state.1 { throw failure(problem) }
        guard state.0 else {
            let what = draft == nil ? "the output is incomplete" : "no file was written"
            throw CommandFailure(.failure, "The server stopped during the export; \(what).")
        }
        do throws(NewFile.Problem) {
            try draft?.finish()
        } catch {
            throw failure(error)
        }
    }

    func discard() {
        progress?.clear()
        draft?.discard()
    }
}

/// Shows on stderr how far an export has come, if it takes longer than a second.
final class ExportProgress: Sendable {
    /// Looking at the clock for each line would cost more than the line.
    private static let step = 500
    private static let width = 30
    private let next = Mutex((at: ContinuousClock.now + .seconds(1), isShown: false))

    /// For a person at a terminal; `nil` elsewhere.
    static func onTerminal() -> ExportProgress? { isatty(STDERR_FILENO) == 1 ? ExportProgress() : nil }

    /// Shows how many of the calls were looked at.
    func note(_ done: Int, of total: Int) {
        show { Self.bar(done, of: total) }
    }

    private static func bar(_ done: Int, of total: Int) -> String {
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
        let full = Int(share * Double(width))
        let bar = String(repeating: "#", count: full) + String(repeating: "-", count: width - full)
        return "[\(bar)] \(Int(share * 100)) % of \(total) calls "
    }

    func note(_ lines: Int) {
        guard lines % Self.step == 0 else { return }
        show { "\(lines) calls " }
    }

    private func show(_ words: () -> String) {
        next.withLock { next in
            let now = ContinuousClock.now
            guard now >= next.at else { return }
            next = (now + .milliseconds(200), true)
            show("\r" + words())
        }
    }

    /// Removes the line.
    func clear() {
        next.withLock { next in
            if next.isShown { show("\r\u{1B}[K") }
            next.isShown = false
        }
    }

    private func show(_ text: String) { _ = FileDescriptor(number: STDERR_FILENO).write(Array(text.utf8)) }
}

extension ControlClient {
    /// How many calls were evicted.
    fileprivate func evicted() async throws -> Int {
        try read(try await send(.get, "/v1/status")) { bytes throws(DocumentProblem) in try StatusReport(bytes).evicted
        }
    }

    /// Reads a stream line by line; returns the body of the reply if it was an error.
    fileprivate func stream(
        _ target: String, silence: Duration, _ take: @escaping @Sendable ([UInt8]) async -> Void
    ) async throws -> [UInt8]? {
        do throws(SocketFailure) {
            return try await socket.read(target, silence: silence, take)?.body
        } catch {
            throw CommandFailure(.failure, words(error))
        }
    }
}
