// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Dispatch
import EventLog
import WireFormat

/// Writes the session to a file in the background.
enum SessionWriter {
    static func write(
        _ snapshot: @escaping @Sendable () -> LogSnapshot, to path: String, overwriting: Bool,
        then report: @escaping @Sendable (ExportOutcome) -> Void
    ) {
        DispatchQueue.global().async {
            let snapshot = snapshot()
            let calls = snapshot.sequences.compactMap { snapshot[$0] }
            var bytes: [UInt8] = []
            for call in calls { bytes += SessionExport.line(call) + [0x0A] }
            do throws(NewFile.Problem) {
                try NewFile.write(bytes, to: path, overwriting: overwriting)
                report(.written(path: path, calls: calls.count, evicted: snapshot.totals.calls - calls.count))
            } catch {
                switch error {
                case .exists: report(.exists(path: path))
                case .system(let words): report(.failed("could not write \(path): \(words)"))
                }
            }
        }
    }
}
