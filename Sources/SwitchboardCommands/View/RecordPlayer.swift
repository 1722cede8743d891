// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Dispatch
import EventLog
import Exports
import Journal
import Overrides
import Rules
import Screen
import Synchronization

/// Goes through a record: makes of each moment what the dashboard shows, on a queue of its own.
final class RecordPlayer: Sendable {
    private let record: any DeskRecord
    private let extent: ClosedRange<Instant>
    private let limit: RecordLimit
    /// Whether numbers are masked, where the operator said so; `nil` for what the record says.
    private let masks: Bool?
    private let queue = DispatchQueue(label: "switchboard.record")
    private let state: Mutex<State>

    private struct State {
        var calls: RecordedWindow?
        var shown: Instant
        var zone: Zone
    }

    init(_ record: any DeskRecord, limit: RecordLimit = .usual, masks: Bool? = nil) throws(CommandFailure) {
        guard let extent = record.extent else {
            throw CommandFailure(.failure, "\(record.path) has no calls")
        }
        self.record = record
        self.extent = extent
        self.limit = limit
        self.masks = masks
        state = Mutex(
            State(calls: nil, shown: extent.upperBound, zone: record.zone(at: extent.upperBound)))
    }

    /// The time zone of the moment that is shown.
    var zone: Zone { state.withLock { $0.zone } }

    /// The moment that a text names, counted from the end of the record.
    func moment(_ text: String) throws(CommandFailure) -> Instant {
        let moment: Instant
        do throws(NotAMoment) {
            moment = try MomentText.read(
                past: text, now: extent.upperBound, clock: LocalClock { [zone] in zone.offset(at: $0) })
        } catch {
            throw CommandFailure(.usage, "--at: \(error)")
        }
        if let words = outside(moment) { throw CommandFailure(.usage, "--at: \(words)") }
        return moment
    }

    /// Why a moment cannot be shown.
    private func outside(_ moment: Instant) -> String? {
        let zone = zone
        func words(_ moment: Instant) -> String { zone.local(moment).words }
        if moment < extent.lowerBound { return "the record begins \(words(extent.lowerBound))" }
        // The last second is whole.
        return moment.seconds > extent.upperBound.seconds ? "the record ends \(words(extent.upperBound))" : nil
    }

    /// The end of the record.
    func end() throws(CommandFailure) -> RecordFrame { try frame(at: extent.upperBound) }

    /// The desk at a moment.
    func frame(at moment: Instant) throws(CommandFailure) -> RecordFrame {
        let moment = min(moment, extent.upperBound)
        let desk = try record.desk(at: moment)
        let calls = try calls(by: desk.at)
        // Counts are of the session where its calls are all here.
        let counts = isWhole(calls, since: desk.startedAt)
        let log = LogSnapshot(
            LogSnapshot.Past(
                at: desk.at, calls: calls.calls, before: UInt64(calls.before),
                countedSince: counts ? desk.startedAt : nil, lines: desk.lines, refusals: desk.refusals,
                deskEvents: desk.events))
        let counted: RecordMoment.Counted =
            !counts ? .newest(log.sequences.count) : desk.startedAt.map { .since($0) } ?? .all
        state.withLock { state in
            state.shown = desk.at
            state.zone = record.zone(at: desk.at)
        }
        return RecordFrame(
            moment: RecordMoment(
                file: CleanText.clean(NamedFiles.name(of: record.path)), at: desk.at, extent: extent,
                revision: desk.revision, counted: counted, knowsLines: desk.knowsLines, remarks: desk.remarks),
            log: log, status: status(of: desk))
    }

    /// Whether a window has all calls that were heard of since a moment, or ever.
    private func isWhole(_ calls: RecordedWindow, since start: Instant?) -> Bool {
        // With a call from before the session it has all of the session.
        if let start, let first = calls.calls.first, first.firstHeardAt < start { return true }
        guard calls.before == 0 else { return false }
        guard let removedUntil = record.beginning?.removedUntil else { return true }
        return start.map { removedUntil <= $0 } ?? false
    }

    /// What is known of the desk, with whether numbers are masked.
    private func status(of desk: RecordedDesk) -> ServerStatus? {
        let isMasked = masks ?? (record.masksNumbers || desk.status?.masksNumbers ?? false)
        guard desk.status != nil || isMasked else { return nil }
        var status = desk.status ?? .unknown
        status.masksNumbers = isMasked
        return status
    }

    /// The calls of a moment; those that are in memory, if they are enough.
    private func calls(by moment: Instant) throws(CommandFailure) -> RecordedWindow {
        if let known = state.withLock({ $0.calls }), known.holds(moment, of: limit) { return known }
        let calls = try record.calls(around: moment, atMost: limit)
        state.withLock { $0.calls = calls }
        return calls
    }
}

extension RecordedWindow {
    /// Whether enough of the newest calls of a moment are among them.
    fileprivate func holds(_ moment: Instant, of limit: RecordLimit) -> Bool {
        guard until.map({ moment <= $0 }) ?? true else { return false }
        return before == 0 || calls.count { $0.firstHeardAt <= moment } >= max(1, limit.calls / 2)
    }
}

// Going on and back.
extension RecordPlayer {
    /// Why there is no frame, for the operator.
    struct Nowhere: Error {
        let words: String
    }

    /// Makes a frame in the background.
    func go(_ travel: RecordTravel, then report: @escaping @Sendable (DashboardMessage) -> Void) {
        queue.async {
            do {
                let (moment, words) = try self.target(of: travel)
                report(.recordMoved(try self.frame(at: moment).saying(words)))
            } catch let nowhere as Nowhere {
                report(.notify(OperatorMessage(nowhere.words)))
            } catch let failure as CommandFailure {
                report(.notify(OperatorMessage(failure.message, isAlert: true)))
            } catch {
                report(.notify(OperatorMessage("the record cannot be read", isAlert: true)))
            }
        }
    }

    /// The moment to go to, and what happened then.
    private func target(of travel: RecordTravel) throws -> (moment: Instant, words: String?) {
        let shown = state.withLock { $0.shown }
        switch travel {
        case .to(let moment):
            if let words = outside(moment) { throw Nowhere(words: words) }
            return (moment, nil)
        case .change(let isForward):
            let changes = record.changes
            let next = isForward ? changes.first { $0.at > shown } : changes.last { $0.at < shown }
            guard let next else {
                throw Nowhere(words: "the record has no \(isForward ? "later" : "earlier") change of the desk")
            }
            return (next.at, CleanText.clean(next.words))
        case .call(let isForward):
            guard let next = try webhook(after: shown, isForward: isForward) else {
                throw Nowhere(words: "the record has no \(isForward ? "later" : "earlier") webhook")
            }
            return (next, nil)
        }
    }

    private func webhook(after shown: Instant, isForward: Bool) throws(CommandFailure) -> Instant? {
        let known = try calls(by: shown).calls
        var next = try record.callTime(after: shown, isForward: isForward)
        for entry in known.lazy.flatMap(\.timeline) where isForward ? entry.at > shown : entry.at < shown {
            next = next.map { isForward ? min($0, entry.at) : max($0, entry.at) } ?? entry.at
        }
        return next
    }
}

// Exporting what is shown.
extension RecordPlayer {
    /// Writes calls as they were at the moment that is shown.
    func export(_ order: ExportOrder, then report: @escaping @Sendable (ExportOutcome) -> Void) {
        queue.async {
            do {
                let draft = try NewFile.Draft(for: order.path, overwriting: order.overwriting)
                do {
                    let moment = self.state.withLock { $0.shown }
                    let export = order.export(clock: LocalClock { self.zone.offset(at: $0) }, at: moment)
                    try draft.append(export.head)
                    var count = 0
                    try self.forEachCall(of: order, at: moment) { call in
                        try draft.append(export.row(call))
                        count += 1
                    }
                    try draft.finish()
                    report(.written(path: order.path, calls: count, evicted: 0))
                } catch {
                    draft.discard()
                    throw error
                }
            } catch NewFile.Problem.exists {
                report(.exists(path: order.path))
            } catch let failure as CommandFailure {
                report(.failed(failure.message))
            } catch {
                report(.failed("could not write \(order.path): \(error)"))
            }
        }
    }

    /// The calls that an export is of, as they were at a moment.
    private func forEachCall(of order: ExportOrder, at moment: Instant, _ body: (CallRecord) throws -> Void) throws {
        switch order.calls {
        case .all, .marked:
            let isEnd = moment == extent.upperBound
            let history = isEnd ? RemarkHistory() : RemarkHistory(try record.desk(at: moment).events)
            try record.forEachCall(in: record.always) { call in
                let call = isEnd ? call : call.asOf(moment, remarks: history)
                guard let call, order.calls == .all || call.isMarked else { return }
                try body(call)
            }
        case .these(let sequences):
            let log = try frame(at: moment).log
            for call in sequences.lazy.compactMap({ log[$0] }) { try body(call) }
        }
    }
}
