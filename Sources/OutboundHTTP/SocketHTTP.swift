// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Calls
import NIOCore
import NIOHTTP1

/// Speaks HTTP over a Unix socket: one request and its reply, or a stream of lines.
package struct SocketHTTP: Sendable {
    private let path: String
    private let http: OutboundHTTP

    /// The largest reply that is read, in bytes.
    private static let largestReply = 64 << 20
    /// The longest line of a stream, in bytes: a call with its report.
    private static let longestLine = 16 << 20

    package init(path: String, http: OutboundHTTP) {
        self.path = path
        self.http = http
    }

    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    package struct Reply: Sendable {
        package let status: Int
        package let body: [UInt8]
    }

    /// Sends a request and reads the whole reply.
    package func send(
        _ method: Method, _ target: String, body: [UInt8]? = nil, within time: Duration
    ) async throws(SocketFailure) -> Reply {
        var request = request(method, target)
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(body)
        }
        do {
            let response = try await http.client.execute(request, deadline: .now() + TimeAmount(time))
            var bytes: [UInt8] = []
            for try await piece in response.body {
                guard bytes.count + piece.readableBytes <= Self.largestReply else {
                    throw SocketFailure.tooLarge(limit: Self.largestReply)
                }
                bytes.append(contentsOf: piece.readableBytesView)
            }
            return Reply(status: Int(response.status.code), body: bytes)
        } catch {
            throw SocketFailure(error)
        }
    }

    /// Reads a stream line by line until the other end closes it; the next line is read when `take` has returned.
    ///
    /// Returns `nil` at the end, or the reply where it is not a stream that was asked for.
    package func read(
        _ target: String, _ take: ([UInt8]) async -> Void
    ) async throws(SocketFailure) -> Reply? {
        do {
            let response = try await http.client.execute(request(.get, target), deadline: .distantFuture)
            var rest: [UInt8] = []
            for try await piece in response.body {
                rest.append(contentsOf: piece.readableBytesView)
                guard response.status == .ok else { continue }
                while let end = rest.firstIndex(of: 0x0A) {
                    await take(Array(rest[..<end]))
                    rest.removeSubrange(...end)
                }
                guard rest.count <= Self.longestLine else { throw SocketFailure.tooLarge(limit: Self.longestLine) }
            }
            return response.status == .ok ? nil : Reply(status: Int(response.status.code), body: rest)
        } catch {
            throw SocketFailure(error)
        }
    }

    private func request(_ method: Method, _ target: String) -> HTTPClientRequest {
        let place = path.utf8.reduce(into: "") { text, byte in text += "%" + Self.hex(byte) }
        var request = HTTPClientRequest(url: "http+unix://\(place)\(target)")
        request.method = HTTPMethod(rawValue: method.rawValue)
        return request
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}

extension SocketFailure {
    fileprivate init(_ error: any Error) {
        switch error {
        case let failure as SocketFailure: self = failure
        case let error as IOError: self = Self.of(errno: error.errnoCode)
        case let error as HTTPClientError where [.deadlineExceeded, .connectTimeout, .readTimeout].contains(error):
            self = .timedOut
        case let error as HTTPClientError: self = .broken(error.shortDescription)
        default: self = .broken("the connection ended")
        }
    }

    private static func of(errno code: Int32) -> SocketFailure {
        switch code {
        case Self.noSuchFile, Self.refused: .nobodyListens
        case Self.permission: .notAllowed
        default: .broken("error \(code) of the system")
        }
    }

    // The numbers of Linux; this module knows no C library.
    private static let noSuchFile: Int32 = 2
    private static let permission: Int32 = 13
    private static let refused: Int32 = 111
}
