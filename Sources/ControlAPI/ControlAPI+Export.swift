// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ControlServer
import EventLog
import Exports
import Filters
import Overrides
import WireFormat

extension ControlAPI {
    /// The selected calls in a format, the oldest first.
    func export(_ request: ControlRequest) -> ControlReply {
        do throws(ControlFailure) {
            let format = try request.choice("format", of: ExportFormat.allCases, else: .jsonLines)
            let end = try request.choice("end", of: EndMark.allCases, else: nil)
            let stream = ExportStream(
                log: log.snapshot(), selection: try selection(request),
                export: CallExport(format, try options(request)), end: end == nil ? [] : [0x0A])
            return ControlReply(contentType: format.mediaType, body: .stream { await stream.next() })
        } catch {
            return .failure(error, status: 400)
        }
    }

    /// What shows a client that the export is complete: a stream also ends when the server stops.
    enum EndMark: String, CaseIterable {
        /// An empty line.
        case line
    }

    /// The report of a period, as Markdown.
    func report(_ request: ControlRequest) async -> ControlReply {
        do throws(ControlFailure) {
            let selection = try selection(request)
            let log = counted()
            guard selection.period.since.map({ $0 <= clock.now() }) ?? true else {
                throw ControlFailure(FilterError.Code.badTime.rawValue, "since: the period has not begun yet")
            }
            var report = IncidentReport(
                selection.period,
                filter: selection.filter.withoutPeriod.description,
                options: try options(request))
            for sequence in log.sequences {
                if sequence % UInt64(Self.mostAtOnce) == 0 { await Task.yield() }
                guard let call = log[sequence], selection.finds(call) else { continue }
                report.add(call)
            }
            let earlier = await dependencies.refusals(selection.period, log.refusals.first?.at)
            for request in earlier.requests + log.refusals { report.add(request) }
            report.noteUnlisted(refusals: log.totals.refusedInAll - log.refusals.count - earlier.ofSession)
            let status = dependencies.status()
            if log.lacksCalls(of: selection.period, status.journal?.lackedUntil) {
                // Those that are missing from before the start are not counted.
                if log.totals.evicted > 0, log.sequences.lowerBound == UInt64(log.totals.evicted) {
                    report.noteEvicted(log.totals.evicted)
                } else {
                    report.noteMissing(before: log.oldestCall)
                }
            }
            for entry in await dependencies.audit().merged(with: log.deskEvents) { report.add(entry) }
            report.add(inForce: status.overrides)
            report.add(inForce: status.callers.newest)
            return ControlReply(
                contentType: ExportFormat.markdown.mediaType, body: .bytes(Array(report.text.utf8)))
        } catch {
            return .failure(error, status: 400)
        }
    }

    /// What operators did, the oldest first.
    func audit(_ request: ControlRequest) async -> ControlReply {
        do throws(ControlFailure) {
            let setting = dependencies.filters()
            let period = try period(request, setting)
            let entries = await dependencies.audit().merged(with: log.snapshot().deskEvents)
                .filter { period.contains($0.at) }
            return .json(AuditList.document(entries))
        } catch {
            return .failure(error, status: 400)
        }
    }

    private func options(_ request: ControlRequest) throws(ControlFailure) -> ExportOptions {
        let setting = dependencies.filters()
        return ExportOptions(
            masksNumbers: try request.flag("mask", else: dependencies.status().masksNumbers),
            hidesTranscripts: try !request.flag("transcripts", else: true), clock: setting.clock, now: clock.now())
    }
}

extension LogSnapshot {
    /// When the oldest call began that memory has.
    fileprivate var oldestCall: Instant? { sequences.lazy.compactMap { self[$0] }.first?.firstHeardAt }

    /// Whether calls of a period may be among those that memory has no more, or among those until a moment that the journal
    /// had no more at the start.
    fileprivate func lacksCalls(of period: Period, _ lackedUntil: Instant?) -> Bool {
        guard sequences.lowerBound > 0 || lackedUntil != nil else { return false }
        let limits = [oldestCall, sequences.lowerBound > 0 ? nil : lackedUntil].compactMap(\.self)
        guard let since = period.since, let limit = limits.min() else { return true }
        return since <= limit
    }
}

extension [AuditEntry] {
    /// All lines once: those of the file, and those of memory that the file does not have yet.
    fileprivate func merged(with events: some Sequence<DeskEvent>) -> [AuditEntry] {
        let known = Set(map(\.number))
        let rest = events.flatMap(\.audit).filter { !known.contains($0.number) }
        return (self + rest).sorted { ($0.number, $0.at) < ($1.number, $1.at) }
    }
}

extension ControlRequest {
    /// One of some words.
    fileprivate func choice<Word: RawRepresentable<String>>(
        _ name: String, of words: [Word], else standard: Word?
    ) throws(ControlFailure) -> Word? {
        guard let text = query(name) else { return standard }
        guard let word = words.first(where: { $0.rawValue == text }) else {
            throw ControlFailure(
                "bad_query", "\(name) must be \(words.map(\.rawValue).joined(separator: " or "))")
        }
        return word
    }

    fileprivate func choice<Word: RawRepresentable<String>>(
        _ name: String, of words: [Word], else standard: Word
    ) throws(ControlFailure) -> Word {
        try choice(name, of: words, else: Word?.some(standard)) ?? standard
    }

    fileprivate func flag(_ name: String, else standard: Bool) throws(ControlFailure) -> Bool {
        switch query(name) {
        case nil: return standard
        case "true": return true
        case "false": return false
        case .some: throw ControlFailure("bad_query", "\(name) must be true or false")
        }
    }
}

/// The calls of a log as pieces of a file; the next piece is made when the last one is on its way.
private actor ExportStream {
    private let log: LogSnapshot
    private let selection: CallSelection
    private let export: CallExport
    private let end: [UInt8]
    private var at: UInt64
    private var hasBegun = false
    private var isOver = false

    /// About how many bytes one piece has.
    private static let piece = 64 << 10

    init(log: LogSnapshot, selection: CallSelection, export: CallExport, end: [UInt8]) {
        self.log = log
        self.selection = selection
        self.export = export
        self.end = end
        at = log.sequences.lowerBound
    }

    func next() async -> [UInt8]? {
        guard !isOver else { return nil }
        var bytes = hasBegun ? [] : export.head
        hasBegun = true
        while at < log.sequences.upperBound, bytes.count < Self.piece {
            if at % UInt64(ControlAPI.mostAtOnce) == 0 { await Task.yield() }
            guard !Task.isCancelled else { return nil }
            if let call = log[at], selection.finds(call) { bytes += export.row(call) }
            at += 1
        }
        if at == log.sequences.upperBound {
            isOver = true
            bytes += end
        }
        return bytes.isEmpty ? nil : bytes
    }
}
