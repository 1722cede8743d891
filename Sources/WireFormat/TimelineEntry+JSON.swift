// SPDX-License-Identifier: Apache-2.0

package import JSON
package import Calls
package import EventLog

extension TimelineEntry {
    /// The webhook as one object: when, what type, what it said.
    var json: JSONValue {
        .object(
            [.init("at", .string(at.iso8601)), .init("type", .string(event.wireName))] + said
                + [.init("applied", .string(confirmation.rawValue))])
    }

    /// What the webhook said.
    package var said: [JSONValue.Member] {
        switch event {
        case .assistantRequest: isRepeat ? [.init("repeat", .bool(true))] : []
        case .status(let status, let reason):
            [.init("status", .string(status.text))] + (reason.map { [.init("reason", .string($0))] } ?? [])
        case .toolCalls(let names): [.init("tools", .array(names.map(JSONValue.string)))]
        case .report(let report): report.facts
        case .other: []
        }
    }
}

extension CallReport {
    package var facts: [JSONValue.Member] {
        [
            .init("seconds", seconds.map { .integer($0) } ?? .null),
            .init("end_reason", endReason.map(JSONValue.string) ?? .null),
            .init("summary", .string(summary)),
        ]
    }
}
