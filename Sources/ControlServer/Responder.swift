// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
import NIOCore

/// Answers the requests of one connection, one after the other.
struct Responder: Sendable {
    let routes: [ControlRoute]
    let connection: ControlConnection
    let limits: ControlLimits

    @concurrent
    func respond(to request: Request, _ writer: consuming ResponseWriter) async throws {
        let number = connection.begin()
        // curl waits a second for this before it sends a larger body.
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let response = try await response(to: request, number: number)
        try await writer.write(response: response.head, body: response.body)
    }

    /// Answers a request; throws if it was cut off, since it must not be carried out then.
    private func response(to request: Request, number: Int) async throws -> Response {
        let (path, method) = (request.uri.path, request.method.rawValue)
        // A dozen routes need no router, and Hummingbird's answers 404 where only the method is wrong.
        let matches = routes.compactMap { route in route.parameters(in: path).map { (route: route, parameters: $0) } }
        guard let match = matches.first(where: { $0.route.method == method }) else {
            guard !matches.isEmpty else { return ControlReply.notFound(path).response() }
            let allowed = matches.map(\.route.method).sorted().joined(separator: ", ")
            var response = ControlReply.methodNotAllowed(path, allowed: allowed).response()
            response.headers[.allow] = allowed
            return response
        }
        guard let body = try await body(of: request) else {
            var response = ControlReply.tooLarge(limits.body).response()
            response.headers[.connection] = "close"
            return response
        }
        guard connection.isComplete(number) else { throw ChannelError.inputClosed }
        let reply = await match.route.answer(
            ControlRequest(
                method: method, path: path, parameters: match.parameters,
                query: QueryString.read(request.uri.query ?? ""), body: body, peer: connection.peer))
        return reply.response(in: connection)
    }

    /// Waits for the whole body; `nil` if it exceeds the limit.
    private func body(of request: Request) async throws -> [UInt8]? {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.body { return nil }
        do {
            return Array(try await request.body.collect(upTo: limits.body).readableBytesView)
        } catch is NIOTooManyBytesError {
            return nil
        }
    }
}

/// Decodes queries and paths; Hummingbird's own decoding leaves `+` as it is.
enum QueryString {
    /// Decodes `name=value&name=value` as HTML forms write it, in its order.
    static func read(_ query: some StringProtocol) -> [(name: String, value: String)] {
        query.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            return (unescaped(name, plusIsSpace: true), unescaped(pair.dropFirst(name.count + 1), plusIsSpace: true))
        }
    }

    /// Decodes `%` escapes; anything else stays as it is, and invalid UTF-8 becomes the replacement character.
    static func unescaped(_ text: some Collection<UInt8>, plusIsSpace: Bool = false) -> String {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(digit),
                let low = rest.dropFirst().first.flatMap(digit)
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
