// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import WireFormat

/// The status of a running server with the counts that people are told.
struct StatusReport {
    let desk: ServerStatus
    let calls: Int
    let refused: Int
    /// Milliseconds as they were sent; a dash where nothing was answered yet.
    let latency: (p50: String, p99: String, max: String)

    init(_ bytes: [UInt8]) throws(DocumentProblem) {
        guard let document = JSONReader.read(bytes) else {
            throw DocumentProblem(at: "", "this is not a JSON object")
        }
        let fields = try ObjectReader(document, at: "")
        let counts = try fields.object("counts")
        let times = try fields.object("latency_ms")
        desk = try ServerStatus(document, at: "")
        calls = try counts.integer("calls")
        refused = try counts.integer("refused")
        latency = (Self.text(times, "p50"), Self.text(times, "p99"), Self.text(times, "max"))
    }

    private static func text(_ times: ObjectReader, _ key: String) -> String {
        if case .number(let text)? = times.value(key) { text } else { "-" }
    }
}
