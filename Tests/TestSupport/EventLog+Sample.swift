// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog

extension EventLog {
    /// A log with these calls, oldest first, counted by the lines of the sample status.
    package static func sample(_ calls: [CallSample], keep: Int = 10_000) -> EventLog {
        let log = EventLog(keep: Retention(calls: keep, bytes: 1 << 30))
        let lines: [PhoneNumber] = ["+31850835037", "+31201234567", "+31201234568", "+31701234569"]
        log.use(lines.map { CountedLine(number: $0, group: nil) })
        for call in calls { call.record(in: log) }
        return log
    }
}
