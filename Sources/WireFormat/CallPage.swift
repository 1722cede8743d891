// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls
package import EventLog

/// A run of calls, the newest first.
package struct CallPage: Sendable {
    package let calls: [CallRecord]
    /// The `before` of the page of older calls; `nil` when there are none.
    package let next: UInt64?

    package init(calls: [CallRecord], next: UInt64?) {
        self.calls = calls
        self.next = next
    }

    package var document: JSONValue {
        .object([
            .init("calls", .array(calls.map(\.document))), .init("next", next.map { .integer($0) } ?? .null),
        ])
    }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let fields = try ObjectReader(bytes)
        self.init(calls: try fields.list("calls", CallRecord.init), next: try fields.optionalPlace("next"))
    }
}
