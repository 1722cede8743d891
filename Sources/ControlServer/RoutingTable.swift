// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore

/// Finds the route of a request and has it answered.
struct RoutingTable: Sendable {
    private let paths: RouterResponder<RouteContext>

    /// Each path is known to Hummingbird's router once, under this method: it answers 404 to a method that a path does not
    /// have, and we owe 405 with the methods that it has.
    private static let anyMethod = HTTPRequest.Method.get

    init(_ routes: [ControlRoute], limits: ControlLimits) {
        let router = Router(context: RouteContext.self)
        router.add(middleware: UnknownPaths())
        for (path, routes) in Dictionary(grouping: routes, by: \.path) {
            router.on(RouterPath(path), method: Self.anyMethod) { request, context in
                try await Self.answer(request, context, routes, limits)
            }
        }
        paths = router.buildResponder()
    }

    /// Answers a request; throws when it was cut off, and is not to be carried out.
    func respond(to request: Request, context: RouteContext) async throws -> Response {
        var head = request.head
        head.method = Self.anyMethod
        return try await paths.respond(to: Request(head: head, body: request.body), context: context)
    }

    private static func answer(
        _ request: Request, _ context: RouteContext, _ routes: [ControlRoute], _ limits: ControlLimits
    ) async throws -> Response {
        let arrived = context.arrived
        guard let route = routes.first(where: { $0.method == arrived.method }) else {
            let allowed = routes.map(\.method).sorted().joined(separator: ", ")
            var response = ControlReply.methodNotAllowed(request.uri.path, allowed: allowed).response()
            response.headers[.allow] = allowed
            return response
        }
        guard let body = try await body(of: request, limits) else {
            var response = ControlReply.tooLarge(limits.body).response()
            response.headers[.connection] = "close"
            return response
        }
        guard arrived.conversation.isComplete(arrived.number) else { throw ChannelError.inputClosed }
        let parameters = context.parameters.map { (String($0.key), QueryString.unescaped($0.value.utf8)) }
        let reply = await route.answer(
            ControlRequest(
                method: arrived.method, path: request.uri.path,
                parameters: Dictionary(parameters) { first, _ in first },
                query: QueryString.read(request.uri.query ?? ""), body: body, peer: arrived.conversation.peer))
        return reply.response(in: arrived.conversation)
    }

    /// Waits for the whole body; `nil` when it is larger than the limit.
    private static func body(of request: Request, _ limits: ControlLimits) async throws -> [UInt8]? {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.body { return nil }
        do {
            return Array(try await request.body.collect(upTo: limits.body).readableBytesView)
        } catch is NIOTooManyBytesError {
            return nil
        }
    }
}

/// Says in our own form that there is no such path.
private struct UnknownPaths: RouterMiddleware {
    func handle(
        _ request: Request, context: RouteContext, next: @concurrent (Request, RouteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return ControlReply.notFound(request.uri.path).response()
        }
    }
}
