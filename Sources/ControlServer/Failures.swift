// SPDX-License-Identifier: Apache-2.0

extension ControlReply {
    /// What came is no HTTP/1.1, or breaks off.
    static let badRequest = failure(
        status: 400, code: "bad_request", message: "this is not a whole HTTP/1.1 request within the limits")
    /// The request did not arrive in time.
    static let tooSlow = failure(
        status: 408, code: "too_slow", message: "the request took too long to arrive; send it at once")
    /// Another user asks.
    static let forbidden = failure(
        status: 403, code: "forbidden", message: "only the user that runs the server, and root, may use this socket")
    /// There are as many connections as may be, and none is idle.
    static let busy = failure(
        status: 503, code: "busy", message: "too many connections are open; close some and try again")

    /// Nothing answers under this path.
    static func notFound(_ path: String) -> ControlReply {
        failure(status: 404, code: "not_found", message: "there is no \(path)")
    }

    /// The path is known, the method is not one of its own.
    static func methodNotAllowed(_ path: String, allowed: String) -> ControlReply {
        failure(status: 405, code: "method_not_allowed", message: "\(path) takes \(allowed) only")
    }

    /// The body is larger than the limit.
    static func tooLarge(_ limit: Int) -> ControlReply {
        failure(status: 413, code: "too_large", message: "the body has more than \(limit) bytes")
    }
}
