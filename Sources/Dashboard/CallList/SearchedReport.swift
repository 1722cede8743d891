// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON

/// What a search finds in a call besides its row; it is read when it is searched and not kept, since it is long.
enum SearchedReport {
    /// What costs little: the platform's summary and reasons, and the notes and names of operators.
    static func isFound(_ query: SearchText, in call: CallRecord) -> Bool {
        let reason: String? = if case .failed(let reason) = call.state { reason } else { nil }
        let texts = [reason, call.report?.endReason, call.report?.summary].compactMap(\.self)
        return texts.contains(where: query.isFound)
            || call.remarks.contains { query.isFound(in: $0.by) || ($0.text.map(query.isFound) ?? false) }
    }

    /// Whether a webhook is kept that has more: what was said, the analysis, or the arguments of a tool.
    static func hasMore(_ call: CallRecord) -> Bool {
        call.timeline.contains { !$0.body.isEmpty && $0.event.bodyContents != .nothing }
    }

    /// What was said on the call, its analysis, its facts such as the recording, and the arguments of tools.
    static func isFound(_ query: SearchText, inBodiesOf call: CallRecord) -> Bool {
        call.timeline.contains { entry in
            guard !entry.body.isEmpty else { return false }
            switch entry.event.bodyContents {
            case .nothing: return false
            case .arguments:
                return ToolCall.calls(of: entry).contains { tool in
                    query.isFound(in: tool.name) || (tool.arguments.map { isFound(query, in: $0) } ?? false)
                }
            case .transcript:
                guard let contents = ReportContents(entry.body) else { return false }
                return contents.utterances.contains { $0.speaker != .system && query.isFound(in: $0.text) }
                    || (contents.transcript.map(query.isFound) ?? false)
                    || (contents.analysis.map { isFound(query, in: $0) } ?? false)
                    || isFound(query, in: .object(contents.others))
            }
        }
    }

    /// Whether a text, a number or a name in a value has the query; the page of the report shows both.
    private static func isFound(_ query: SearchText, in value: JSONValue) -> Bool {
        switch value {
        case .string(let text): query.isFound(in: text)
        case .array(let items): items.contains { isFound(query, in: $0) }
        case .object(let members):
            members.contains { query.isFound(in: $0.key) || isFound(query, in: $0.value) }
        case .number(let text): query.isFound(in: text)
        case .bool, .null: false
        }
    }
}
