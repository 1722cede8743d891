// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule

/// The log of another process, from what it tells: its events as they come, and its older calls page by page.
///
/// Events and pages may cross each other on their way, and a page may be asked for again. Whoever holds a mirror asks for
/// the page that is `wanted`, hands the answer in, and does so until nothing is wanted.
package struct LogMirror: Sendable {
    private var calls: MirroredCalls
    private var totals = Totals()
    private var refusals: Deque<RefusedRequest> = []
    private let keep: Retention

    /// The page to ask for next; `nil` when all that is kept there is known here.
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
        LogSnapshot(shelf: calls.shelf, totals: totals, refusals: Array(refusals))
    }

    /// Takes an event of the stream.
    package mutating func take(_ event: LoggedEvent) {
        switch event {
        case .answered(let call), .news(let call): take(call)
        case .refused(let request): take(request)
        case .unattributed, .desk: break
        }
    }

    /// Takes a call as the stream tells it.
    package mutating func take(_ call: CallRecord) {
        let box = CallEntry(call)
        if calls.isEmpty, wanted != nil {
            // It may be news of an old call: only a page tells where the newest ones are.
            calls.wait(box)
        } else {
            if calls.leavesGap(box) { beginPass() }
            calls.place(box)
        }
        settle()
    }

    /// Takes the answer to a wish: calls without a gap between them, and the `before` of the page below them.
    package mutating func take(_ page: [CallRecord], next: UInt64?, for wish: PageRequest) {
        guard wish.run == run else { return }
        let isWanted = wish == wanted
        let page = page.sorted { $0.sequence > $1.sequence }
        if isWanted, wish.before == nil, let oldest = page.last { calls.makeRoom(from: oldest.sequence) }
        for call in page { calls.place(CallEntry(call)) }
        // What had no room tells how far down it is worth to ask.
        calls.evict()
        if isWanted { goOn(after: wish, next: page.isEmpty ? nil : next) }
        settle()
    }

    package mutating func take(_ totals: Totals) {
        self.totals = totals
    }

    /// Takes a request that was turned away; a stream begins with those that it may tell again.
    package mutating func take(_ request: RefusedRequest) {
        guard !refusals.contains(request) else { return }
        if refusals.count == RefusedRequest.mostKept { refusals.removeFirst() }
        refusals.append(request)
    }

    /// Notes that events were lost: any call may have changed, so all of them are asked for again.
    package mutating func noteLoss() {
        beginPass()
    }

    /// Forgets everything, since another run of the server counts its calls from 0 again.
    package mutating func reset() {
        calls = MirroredCalls(keep: keep)
        totals = Totals()
        refusals = []
        run += 1
        beginPass()
    }

    private mutating func beginPass() {
        pass += 1
        wanted = PageRequest(before: nil, run: run, pass: pass)
    }

    private mutating func goOn(after wish: PageRequest, next: UInt64?) {
        wanted = nil
        guard let next, next > calls.floor, next < wish.before ?? .max else { return }
        wanted = PageRequest(before: next, run: run, pass: pass)
    }

    private mutating func settle() {
        calls.join(isComplete: wanted == nil)
        calls.evict()
    }
}
