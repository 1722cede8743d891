// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Dispatch
import EventLog
import Exports

/// Writes the session to a file in the background.
enum SessionWriter {
    static func write(
        _ snapshot: @escaping @Sendable () -> LogSnapshot, as order: ExportOrder, clock: LocalClock, at now: Instant,
        then report: @escaping @Sendable (ExportOutcome) -> Void
    ) {
        DispatchQueue.global().async {
            let snapshot = snapshot()
            let export = order.export(clock: clock, at: now)
            do throws(NewFile.Problem) {
                let draft = try NewFile.Draft(for: order.path, overwriting: order.overwriting)
                do throws(NewFile.Problem) {
                    var count = 0
                    try draft.append(export.head)
                    let sequences = order.sequences(in: snapshot)
                    for sequence in sequences {
                        guard let call = snapshot[sequence], order.calls != .marked || call.isMarked else { continue }
                        try draft.append(export.row(call))
                        count += 1
                    }
                    try draft.finish()
                    let missing = order.calls == .all ? snapshot.totals.evicted : order.missing(in: snapshot)
                    report(.written(path: order.path, calls: count, evicted: missing))
                } catch {
                    draft.discard()
                    throw error
                }
            } catch {
                switch error {
                case .exists: report(.exists(path: order.path))
                case .system(let words): report(.failed("could not write \(order.path): \(words)"))
                }
            }
        }
    }
}

extension ExportOrder {
    /// The writer of its format; times for people are on this clock.
    func export(clock: LocalClock, at now: Instant) -> CallExport {
        CallExport(format, ExportOptions(masksNumbers: masked, clock: clock, now: now))
    }

    /// The places of the calls to look at.
    fileprivate func sequences(in log: LogSnapshot) -> [UInt64] {
        switch calls {
        case .all, .marked: Array(log.sequences)
        case .these(let sequences): sequences
        }
    }

    /// How many of the chosen calls are not in memory any more.
    fileprivate func missing(in log: LogSnapshot) -> Int {
        switch calls {
        case .all, .marked: 0
        case .these(let sequences): sequences.count { !log.sequences.contains($0) }
        }
    }
}
