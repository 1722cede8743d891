// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import JSON
import Calls
package import EventLog

extension ServerStatus {
    /// The status as outputs have it (design, section 2: `status --json`), with the counts where they are wanted.
    package func document(totals: Totals? = nil) -> JSONValue {
        let head: [JSONValue.Member] = [
            .init("listening", listening), .init("signed", .bool(isSigned)),
            .init("lines", .array(lines.map(\.document))), .init("overrides", .array(overrides.map(\.document))),
        ]
        let counted = totals.map { totals -> [JSONValue.Member] in
            [.init("counts", totals.counts), .init("latency_ms", totals.latencies)]
        }
        let tail: [JSONValue.Member] = [
            .texts("closing_texts", closingTexts), .texts("greeting_texts", greetingTexts),
            .init("answer_within_ms", .integer(answerWithinMilliseconds)), .init("undo", undo?.document ?? .null),
            .texts("warnings", warnings), .init("time_zone", .string(timeZone)),
            .init("webhook_url", .string(webhookURL)),
        ]
        return .object(head + (counted ?? []) + tail)
    }

    /// Where the webhook is listened for, as it is written and in its parts.
    private var listening: JSONValue {
        let colon = address.lastIndex(of: ":") ?? address.endIndex
        let host = address[..<colon].filter { $0 != "[" && $0 != "]" }
        let port = Int(address[colon...].dropFirst())
        return .object([
            .init("host", .string(String(host))), .init("port", port.map { .integer($0) } ?? .null),
            .init("url", .string(webhookURL)), .init("address", .string(address)),
        ])
    }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        self.init(
            overrides: try fields.list("overrides", Override.init), lines: try fields.list("lines", LineStatus.init),
            server: ServerInfo(
                address: try fields.object("listening").text("address"), webhookURL: try fields.text("webhook_url"),
                isSigned: try fields.flag("signed"), answerWithinMilliseconds: try fields.count("answer_within_ms")),
            closingTexts: try fields.texts("closing_texts"),
            greetingTexts: try fields.texts("greeting_texts"),
            undo: try fields.optionalObject("undo").map(Undo.init), warnings: try fields.texts("warnings"),
            timeZone: try fields.text("time_zone"))
    }
}

extension ServerStatus.Undo {
    fileprivate var document: JSONValue {
        .object([.init("words", .string(words)), .texts("scopes", scopes.map(\.description))])
    }

    fileprivate init(_ fields: ObjectReader) throws(DocumentProblem) {
        self.init(words: try fields.text("words"), scopes: try fields.list("scopes", Scope.init))
    }
}
