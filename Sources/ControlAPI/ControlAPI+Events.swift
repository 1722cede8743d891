// SPDX-License-Identifier: Apache-2.0

import Calls
import ControlServer
import EventLog

extension ControlAPI {
    /// Streams what happens as JSON lines: from a cursor, from now on, or everything that is still kept.
    ///
    /// With `with=desk` the stream also tells how the desk stands and what is counted, whenever that changes.
    func events(_ request: ControlRequest) -> ControlReply {
        let after = request.query("after")
        let cursor: UInt64
        switch after {
        case nil, "": cursor = 0
        case "now": cursor = log.cursor
        case .some(let text):
            guard let number = UInt64(text) else {
                return .failure(
                    status: 400, code: "bad_query", message: "after is a cursor that the stream told, or `now`")
            }
            cursor = min(number, log.cursor)
        }
        let stream = EventStream(api: self, cursor: cursor, tellsDesk: request.query("with") == "desk")
        return ControlReply(contentType: "application/jsonl", body: .stream { await stream.next() })
    }
}
