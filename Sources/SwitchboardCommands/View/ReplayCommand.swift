// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import ConfigFiles
import DryRuns
import EventLog
import Foundation
import JSON
import Journal
import Rules
import Screen
import WireFormat

/// `switchboard replay`: decides recorded calls again by another rules file.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Decide recorded calls again by another rules file, and print what differs.",
        discussion: """
            Each call is decided at its own time, with the overrides of then and what was known of the contact then. \
            Without a file it reads the journal of the running server, or the one in the state folder. Exit code 0: every \
            caller gets the same; 1: some get something else; 2: it cannot be found out.

            EXAMPLES:
              switchboard replay --since yesterday --config new.yaml
              switchboard replay calls.jsonl --config new.yaml --json
            """)

    @Argument(
        help: ArgumentHelp("An export as JSON lines, or a journal.", valueName: "FILE"), completion: .file())
    var file: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("The rules file to decide by.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Only calls from this time on: 10m, 14:30, 'yesterday 18:00', 2026-06-02T10:00.", valueName: "TIME"))
    var since: String?

    @ArgumentParser.Option(help: ArgumentHelp("Only calls before this time.", valueName: "TIME"))
    var until: String?

    @OptionGroup var place: JournalPlace

    @Flag(
        inversion: .prefixedNo,
        help:
            "Keep only the last three digits of telephone numbers; as the rules files say if left out. JSON has them in full."
    )
    var mask: Bool?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if json, mask == true { throw ValidationError("--json and --mask cannot be combined.") }
        if file != nil, place.journal != nil { throw ValidationError("FILE and --journal cannot be combined.") }
    }

    func run() async throws {
        let (report, knowsOverrides): (ReplayReport, Bool)
        let clock: LocalClock
        let path: String
        let isMasked: Bool
        do {
            let source = try ConfigurationSource(path: HomeFolder.expand(config))
            let rules = try source.usable().rules
            let record = try await RecordFile.open(file, place)
            path = record.path
            isMasked = mask ?? (record.masksNumbers || rules.masksNumbers)
            clock = LocalClock { [zone = rules.zone] in zone.offset(at: $0) }
            let period = try period(of: record, clock)
            var replay = Replay(record, by: CompiledRules(rules))
            let progress = ReadingProgress(of: record.path)
            defer { progress.clear() }
            try record.forEachCall(in: period) { call in
                guard !call.hasMaskedNumber else {
                    throw CommandFailure(
                        .usage,
                        "telephone numbers are masked in \(record.path), so that its calls cannot be decided again; "
                            + "export them with --no-mask")
                }
                replay.add(call)
                progress.note(replay.report.calls)
            }
            (report, knowsOverrides) = (replay.report, replay.knowsOverrides)
        } catch let failure as CommandFailure {
            // 1 says that something differs.
            throw CommandFailure(.usage, failure.message)
        }
        let text = ReplayText(
            report: report, knowsOverrides: knowsOverrides, config: config, record: path, clock: clock,
            isMasked: isMasked)
        json ? StandardOutput.document(text.document.text) : text.lines.forEach(StandardOutput.say)
        if report.differing > 0 { throw CommandFailure(.failure, "") }
    }

    private func period(of record: any DeskRecord, _ clock: LocalClock) throws -> Range<Instant> {
        let end = record.extent?.upperBound ?? Instant(seconds: 0)
        let period = try PeriodOptions.period(
            since: since, until: until, now: end, clock: clock, end: "the record")
        if let beginning = record.beginning, beginning.lacksCalls(of: period) {
            StandardError.say(beginning.note(clock))
        }
        let (from, until) = (
            period.since ?? record.always.lowerBound, period.until ?? record.always.upperBound
        )
        guard from < until else { throw CommandFailure(.usage, "--until is not after --since") }
        return from..<until
    }
}

extension ReplayReport.Example {
    /// The answer of then and of now, as JSON where it is.
    fileprivate func side(_ words: String, _ answer: [UInt8]) -> JSONValue {
        .object([
            .init("words", .string(words)),
            .init("answer", JSONReader.read(answer) ?? .string(String(decoding: answer, as: UTF8.self))),
        ])
    }

    var then: JSONValue { side(call.words, call.reply) }

    var now: JSONValue { side(words, answer) }
}

extension CallRecord {
    /// Whether an export left only the last digits of one of its numbers.
    fileprivate var hasMaskedNumber: Bool { [caller, called].contains { $0.isMasked } }
}

extension Party {
    fileprivate var isMasked: Bool {
        guard case .unusual(let text) = self, text.hasPrefix("***") else { return false }
        let digits = text.dropFirst(3)
        return (1...3).contains(digits.count) && digits.allSatisfy(\.isDigit)
    }
}

/// The result of a replay, for people and for programs.
private struct ReplayText {
    let report: ReplayReport
    let knowsOverrides: Bool
    let config: String
    let record: String
    let clock: LocalClock
    /// Whether only the last digits of numbers are shown to people.
    let isMasked: Bool

    /// More groups than this are only counted for people.
    private static let mostGroups = 50

    /// A text from outside, as long as a line of a terminal at most.
    private func shown(_ text: String) -> String {
        let clean = CleanText.clean(text)
        return CleanText.cut(isMasked ? NumberMask.masked(clean) : clean, to: 100, ellipsis: "...")
    }

    var lines: [String] {
        var lines = [
            "\(record) by \(config): \(CountText.words(report.calls, "call")): \(report.same) the same, "
                + "\(report.differing) different, \(report.undecidedCount) not decided again"
        ]
        if !knowsOverrides {
            lines.append(
                "Note: the record does not have the overrides of then; openings and greetings that were forced are not "
                    + "considered.")
        }
        let groups = report.differences
        for group in groups.prefix(Self.mostGroups) {
            let (change, example) = (group.change, group.example)
            let line = change.line.map { ", \(shown($0))" } ?? ""
            let decider = change.then == change.now ? "by \(change.now)" : "by \(change.then), now by \(change.now)"
            let time = clock.local(example.call.at)
            lines += [
                "", "\(CountText.words(group.count, "call")) \(decider)\(line)",
                "  such as \(shown(example.call.request.callID.text)), \(time.words), from "
                    + shown(example.call.request.caller.wireText ?? "a withheld number"),
                "  - \(shown(example.call.words))", "  + \(shown(example.words))",
            ]
        }
        let rest = groups.dropFirst(Self.mostGroups).reduce(report.ungrouped) { $0 + $1.count }
        if rest > 0 { lines += ["", "and \(CountText.words(rest, "more call")) in other groups"] }
        if report.undecidedCount > 0 { lines += ["", "not decided again:"] }
        lines += report.undecided.map { "  \(CountText.words($0.count, "call")): \($0.reason.words)" }
        if !report.redecided.isEmpty { lines += ["", "the same, decided by something else:"] }
        lines += report.redecided.prefix(Self.mostGroups).map {
            "  \(CountText.words($0.count, "call")): by \($0.change.then), now by \($0.change.now)"
        }
        return lines
    }

    var document: JSONValue {
        .object([
            .init("record", .string(record)), .init("config", .string(config)),
            .init("calls", .integer(report.calls)), .init("same", .integer(report.same)),
            .init("different", .integer(report.differing)), .init("undecided", .integer(report.undecidedCount)),
            .init("overrides_known", .bool(knowsOverrides)),
            .init(
                "differences",
                .array(
                    report.differences.map { group in
                        .object([
                            .init("calls", .integer(group.count)),
                            .init("line", group.change.line.map(JSONValue.string) ?? .null),
                            .init("by", .string(group.change.then.description)),
                            .init("now_by", .string(group.change.now.description)),
                            .init("example", example(group.example)),
                        ])
                    })),
            .init("ungrouped", .integer(report.ungrouped)),
            .init(
                "undecided_by",
                .array(
                    report.undecided.map {
                        .object([
                            .init("calls", .integer($0.count)), .init("reason", .string($0.reason.words)),
                        ])
                    })),
            .init(
                "same_by_another",
                .array(
                    report.redecided.map {
                        .object([
                            .init("calls", .integer($0.count)), .init("by", .string($0.change.then.description)),
                            .init("now_by", .string($0.change.now.description)),
                        ])
                    })),
        ])
    }

    private func example(_ example: ReplayReport.Example) -> JSONValue {
        .object([
            .init("id", .string(example.call.request.callID.text)), .init("at", .string(example.call.at.iso8601)),
            .init("from", example.call.request.caller.wireText.map(JSONValue.string) ?? .null),
            .init("to", example.call.request.called.wireText.map(JSONValue.string) ?? .null),
            .init("then", example.then), .init("now", example.now),
        ])
    }
}
