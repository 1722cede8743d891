// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport

extension LogSnapshot {
    /// The varied calls, and three requests that were turned away.
    static let refusing: LogSnapshot = {
        let log = EventLog.sample(.varied)
        for refusal in [Refusal.badSignature, .missingSignature, .wrongPath(AskedPath("/other"))] {
            log.record(refusal, from: "203.0.113.9", at: .sample.advanced(bySeconds: 570))
        }
        return log.snapshot()
    }()
}
