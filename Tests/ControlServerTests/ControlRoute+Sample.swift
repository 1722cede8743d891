// SPDX-License-Identifier: Apache-2.0

import ControlServer

extension ControlRoute {
    /// Says hello.
    static let hello = ControlRoute("GET", "/hello") { _ in .text("hello") }

    /// Returns the parts of the request, one per line.
    static func echo(_ method: String, _ path: String) -> ControlRoute {
        ControlRoute(method, path) { request in
            let parameters = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let query = request.query.map { "\($0.name)=\($0.value)" }
            let lines =
                [request.method, request.path] + parameters + query + [String(decoding: request.body, as: UTF8.self)]
            return .text(lines.joined(separator: "\n"))
        }
    }

    /// Streams what a test gives it.
    static func stream(_ path: String = "/stream", _ piece: @escaping ControlBody.NextPiece) -> ControlRoute {
        ControlRoute("GET", path) { _ in ControlReply(contentType: "application/jsonl", body: .stream(piece)) }
    }

    /// Streams nothing until it is stopped; signals when it is asked for a piece, and when it is stopped.
    static func silence(_ path: String = "/silence", asked: Signal = Signal(), cancelled: Signal = Signal())
        -> ControlRoute
    {
        stream(path) {
            asked.send()
            await withTaskCancellationHandler {
                await Signal().wait()
            } onCancel: {
                cancelled.send()
            }
            return nil
        }
    }
}
