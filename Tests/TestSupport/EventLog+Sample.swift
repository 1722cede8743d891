// SPDX-License-Identifier: Apache-2.0

package import EventLog

extension EventLog {
    /// A log with these calls, oldest first.
    package static func sample(_ calls: [CallSample], keep: Int = 10_000) -> EventLog {
        let log = EventLog(keep: Retention(calls: keep, bytes: 1 << 30))
        for call in calls { call.record(in: log) }
        return log
    }
}
