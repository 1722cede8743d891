// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

extension CallState {
    /// The state as a word, and what belongs to it under a key of its own.
    var members: [JSONValue.Member] {
        [.init("state", .string(word))] + details
    }

    private var details: [JSONValue.Member] {
        switch self {
        case .ringing, .rejected: []
        case .live(let since): [.time("live_since", since)]
        case .ended(let seconds): [.init("seconds", seconds.map { .integer($0) } ?? .null)]
        case .failed(let reason): [.text("failure", reason)]
        case .other(let status): [.init("status", .string(status.text))]
        }
    }

    init(_ fields: ObjectReader) throws(DocumentProblem) {
        if let status = try fields.optionalText("status") {
            self = .other(CallStatus(status))
            return
        }
        switch try fields.text("state") {
        case "ringing": self = .ringing
        case "live": self = .live(since: try fields.instant("live_since"))
        case "ended": self = .ended(seconds: try fields.optionalInteger("seconds"))
        case "failed": self = .failed(reason: try fields.optionalText("failure"))
        case "rejected": self = .rejected
        default: throw fields.problem("state", "is not known, and no `status` explains it")
        }
    }
}
