// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule

/// The log of another process, rebuilt from its events as they come and from its older calls page by page.
///
/// Events and pages may overtake each other, and a page may be requested again. The owner of a mirror requests the page that
/// is `wanted`, hands the response in, and repeats this until nothing is wanted.
package struct LogMirror: Sendable {
    private var calls: MirroredCalls
    private var totals = Totals()
    private var lines = LineCounts()
    private var refusals: Deque<RefusedRequest> = []
    private var deskEvents: Deque<DeskEvent> = []
    private var deskNews = 0
    private let keep: Retention

    /// The page to request next; `nil` once everything that the other process keeps is known here.
    package private(set) var wanted: PageRequest?
    private var run = 0
    private var pass = 0

    package init(keep: Retention) {
        self.keep = keep
        calls = MirroredCalls(keep: keep)
        beginPass()
    }

    /// The mirrored log as it is now; its calls have no gap.
    package func snapshot() -> LogSnapshot {
        LogSnapshot(
            calls: calls.store, totals: totals, lines: lines, refusals: Array(refusals),
            deskEvents: Array(deskEvents), deskNews: deskNews)
    }

    /// Takes an event of the stream.
    package mutating func take(_ event: LoggedEvent) {
        switch event {
        case .answered(let call), .updated(let call), .remarked(let call): take(call)
        case .refused(let request): take(request)
        case .desk(let event): take(event)
        case .unattributed: break
        }
    }

    /// Takes a call of the stream.
    package mutating func take(_ call: CallRecord) {
        let entry = CallEntry(call)
        if calls.isEmpty, wanted != nil {
            // It may be an update of an old call: only a page shows where the newest ones are.
            calls.wait(entry)
        } else {
            if calls.leavesGap(entry) { beginPass() }
            calls.place(entry)
        }
        settle()
    }

    /// Takes the response to a request: calls without a gap between them, and the `before` of the next older page.
    package mutating func take(_ page: [CallRecord], next: UInt64?, for request: PageRequest) {
        guard request.run == run else { return }
        let isWanted = request == wanted
        let page = page.sorted { $0.sequence > $1.sequence }
        if isWanted, request.before == nil, let oldest = page.last { calls.makeRoom(from: oldest.sequence) }
        for call in page { calls.place(CallEntry(call)) }
        // What did not fit shows how far back it is worth asking.
        calls.evict()
        if isWanted { goOn(after: request, next: page.isEmpty ? nil : next) }
        settle()
    }

    package mutating func take(_ totals: Totals) {
        self.totals = totals
    }

    /// Takes the counts of lines that changed.
    package mutating func take(_ changed: [LineCount]) {
        for line in changed { lines.take(line) }
    }

    /// Takes a refused request; a stream begins with recent ones, which may come twice.
    package mutating func take(_ request: RefusedRequest) {
        guard !refusals.contains(request) else { return }
        if refusals.count == RefusedRequest.mostKept { refusals.removeFirst() }
        refusals.append(request)
    }

    /// Takes what was done at the desk; a stream begins with recent events, which may come twice.
    ///
    /// `isNews` is false for what happened before the log was followed.
    package mutating func take(_ event: DeskEvent, isNews: Bool = true) {
        guard event.isDeed, !deskEvents.contains(event) else { return }
        if deskEvents.count == DeskEvent.mostKept { deskEvents.removeFirst() }
        deskEvents.append(event)
        if isNews { deskNews += 1 }
    }

    /// Notes that events were missed: any call may have changed, so all of them are requested again.
    package mutating func noteLoss() {
        beginPass()
    }

    /// Forgets everything, since a restarted server numbers its calls from 0 again.
    package mutating func reset() {
        calls = MirroredCalls(keep: keep)
        totals = Totals()
        lines = LineCounts()
        refusals = []
        deskEvents = []
        run += 1
        beginPass()
    }

    private mutating func beginPass() {
        pass += 1
        wanted = PageRequest(before: nil, run: run, pass: pass)
    }

    private mutating func goOn(after request: PageRequest, next: UInt64?) {
        wanted = nil
        guard let next, next > calls.floor, next < request.before ?? .max else { return }
        wanted = PageRequest(before: next, run: run, pass: pass)
    }

    private mutating func settle() {
        calls.join(isComplete: wanted == nil)
        calls.evict()
    }
}

/// A page of calls that a mirror wants next.
package struct PageRequest: Hashable, Sendable {
    /// The page ends before this call; `nil` asks for the newest calls.
    package let before: UInt64?
    /// The run of the server that it is meant for, so that a late response from an earlier run is recognized.
    fileprivate let run: Int
    /// The pass over the calls that it belongs to, so that a response from before a loss is recognized.
    fileprivate let pass: Int
}
