// SPDX-License-Identifier: Apache-2.0

import JSON
import Overrides
import CallAnswering
import Calls
import WebhookServer

/// The first line of a server without a dashboard; scripts wait for it.
struct ReadinessLine {
    let assembly: ServerComponents
    let processID: Int32
    /// The control socket; `nil` if there is none.
    let control: String?

    /// Whether the server started with the last good rules, since its file has errors.
    private var isLastGood: Bool {
        if case .lastGood = assembly.overrides.rulesFileStatus.inUse { true } else { false }
    }

    var bytes: [UInt8] {
        JSONValue.object(
            [
                .init("event", .string("listening")), .init("host", .string(assembly.server.address.host)),
                .init("port", .integer(assembly.server.address.port)), .init("url", .string(assembly.url)),
                .init("pid", .integer(processID)), .init("signed", .bool(assembly.isSigned)),
                .init("control", control.map(JSONValue.string) ?? .null),
                .init("rules", .string(isLastGood ? "last_good" : "file")),
            ] + (assembly.metrics?.url.map { [.init("metrics", .string($0))] } ?? [])
        ).bytes + [0x0A]
    }
}
