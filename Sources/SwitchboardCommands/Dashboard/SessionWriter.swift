// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Dispatch
import EventLog
import Exports

/// Writes the session to a file in the background.
enum SessionWriter {
    static func write(
        _ snapshot: @escaping @Sendable () -> LogSnapshot, to path: String, overwriting: Bool, masked: Bool,
        then report: @escaping @Sendable (ExportOutcome) -> Void
    ) {
        DispatchQueue.global().async {
            let snapshot = snapshot()
            let export = CallExport(
                .jsonLines, ExportOptions(masksNumbers: masked, clock: .fixed(0), now: Instant(seconds: 0)))
            do throws(NewFile.Problem) {
                let draft = try NewFile.Draft(for: path, overwriting: overwriting)
                do throws(NewFile.Problem) {
                    var count = 0
                    for call in snapshot.sequences.lazy.compactMap({ snapshot[$0] }) {
                        try draft.append(export.row(call))
                        count += 1
                    }
                    try draft.finish()
                    report(.written(path: path, calls: count, evicted: snapshot.totals.evicted))
                } catch {
                    draft.discard()
                    throw error
                }
            } catch {
                switch error {
                case .exists: report(.exists(path: path))
                case .system(let words): report(.failed("could not write \(path): \(words)"))
                }
            }
        }
    }
}
