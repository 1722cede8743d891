// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import EventLog

extension JSONObject {
    /// Adds what contact sources and other servers said of a call; the key is left out where nobody was asked.
    mutating func addLookups(of call: CallRecord) {
        guard let lookups = call.exchange?.lookups, !lookups.isEmpty else { return }
        let steps = lookups.map { step in
            JSONValue.object([
                .init("what", .string(step.what)), .init("held", .bool(step.held)), .init("why", .string(step.why)),
            ])
        }
        add("lookups", .array(steps))
    }
}
