// SPDX-License-Identifier: Apache-2.0

import Calls

extension Webhook.Event {
    /// The name of the event in a stream of JSON lines.
    var name: String {
        switch self {
        case .assistantRequest: "call"
        case .status: "status"
        case .toolCalls: "tools"
        case .report: "report"
        case .other: "other"
        }
    }
}
