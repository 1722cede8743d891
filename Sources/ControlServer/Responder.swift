// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
import Logging

/// Answers the requests of one connection, one after the other.
struct Responder: Sendable {
    let routes: RoutingTable
    let conversation: Conversation
    let limits: ControlLimits
    let logger: Logger

    @concurrent
    func respond(to request: Request, _ writer: consuming ResponseWriter) async throws {
        let source = RouteContext.Source(
            logger: logger, method: request.method.rawValue, conversation: conversation, number: conversation.begin())
        // curl waits a second for this before it sends a larger body.
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let response = try await routes.respond(to: request, context: RouteContext(source: source))
        try await writer.write(response: response.head, body: response.body)
    }
}
