// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport

extension LogSnapshot {
    /// Calls that replicas answered, one each, in the order of their names.
    static let ofReplicas: LogSnapshot = {
        let log = EventLog.sample([])
        for (place, name) in ["eu-1", "eu-2", "eu-3"].enumerated() {
            let sample = CallSample("c-\(place)", from: "+3161234567\(place)", at: Double(place)).live().ended()
            guard var call = EventLog.sample([sample]).snapshot()[0]?.forOthers else { continue }
            call.replica = name
            log.take(call, at: .sample, countingFrom: .sample)
        }
        return log.snapshot()
    }()
}
