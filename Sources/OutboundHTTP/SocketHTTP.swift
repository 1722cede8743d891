// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Files
import Glibc
import NIOCore
import NIOHTTP1
import Synchronization

/// HTTP over a Unix socket: one request and its reply, or a stream of lines.
package struct SocketHTTP: Sendable {
    private let path: String
    private let http: OutboundHTTP

    /// The largest reply, in bytes.
    private static let largestReply = 64 << 20
    /// The longest line of a stream, in bytes: a call with its report.
    private static let longestLine = 16 << 20
    /// How often a silent stream is looked at before it is given up.
    ///
    /// Counted instead of timed, so that a client that was stopped itself does not give up when it continues.
    private static let looks = 5

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

    /// Sends a request and reads the whole reply, head and body within the time.
    package func send(
        _ method: Method, _ target: String, body: [UInt8]? = nil, within time: Duration
    ) async throws(SocketFailure) -> Reply {
        var request = request(method, target)
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(body)
        }
        do throws(HTTPFailure) {
            let response = try await http.exchange(request, within: time, largest: Self.largestReply)
            return Reply(status: response.status, body: response.body)
        } catch {
            throw SocketFailure(error)
        }
    }

    /// Reads a stream line by line until the server closes it, is silent for too long, or can no longer be reached
    /// because its socket is gone; the next line is read when `take` has returned.
    ///
    /// Returns `nil` at the end, or the whole reply if its status is not 200.
    package func read(
        _ target: String, silence: Duration, _ take: @escaping @Sendable ([UInt8]) async -> Void
    ) async throws(SocketFailure) -> Reply? {
        guard let file = FileIdentity(path) else { throw .nobodyListens }
        let heard = PieceCount()
        let result = await withTaskGroup(of: Result<Reply?, SocketFailure>.self) { group in
            group.addTask { await lines(of: target, heard, take) }
            group.addTask { .failure(await silenced(file, heard, for: silence)) }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(.timedOut)
        }
        return try result.get()
    }

    /// Returns once the stream has been silent for that long, or another file, or none, is where the socket was.
    private func silenced(_ file: FileIdentity, _ heard: PieceCount, for silence: Duration) async -> SocketFailure {
        var (last, silentLooks) = (-1, 0)
        while silentLooks < Self.looks {
            do {
                try await Task.sleep(for: silence / Self.looks)
            } catch {
                // The stream has ended.
                return .timedOut
            }
            guard FileIdentity(path) == file else { return .nobodyListens }
            silentLooks = heard.current == last ? silentLooks + 1 : 0
            last = heard.current
        }
        return .timedOut
    }

    private func lines(
        of target: String, _ heard: PieceCount, _ take: ([UInt8]) async -> Void
    ) async -> Result<Reply?, SocketFailure> {
        do {
            let response = try await http.client.execute(request(.get, target), deadline: .distantFuture)
            var rest: [UInt8] = []
            for try await piece in response.body {
                heard.increment()
                rest.append(contentsOf: piece.readableBytesView)
                guard response.status == .ok else { continue }
                while let end = rest.firstIndex(of: 0x0A) {
                    await take(Array(rest[..<end]))
                    rest.removeSubrange(...end)
                }
                guard rest.count <= Self.longestLine else { return .failure(.tooLarge(limit: Self.longestLine)) }
            }
            return .success(response.status == .ok ? nil : Reply(status: Int(response.status.code), body: rest))
        } catch {
            return .failure(SocketFailure(HTTPFailure(error, hasHead: false)))
        }
    }

    private func request(_ method: Method, _ target: String) -> HTTPClientRequest {
        let place = path.utf8.reduce(into: "") { text, byte in text += URLEncoding.escaped(byte) }
        var request = HTTPClientRequest(url: "http+unix://\(place)\(target)")
        request.method = HTTPMethod(rawValue: method.rawValue)
        return request
    }
}

/// How many pieces of a stream have arrived.
private final class PieceCount: Sendable {
    private let count = Atomic(0)

    var current: Int { count.load(ordering: .relaxed) }

    func increment() {
        count.add(1, ordering: .relaxed)
    }
}

/// Why an exchange over a Unix socket failed.
package enum SocketFailure: Error, Hashable, Sendable {
    /// The socket does not exist, or no process listens on it.
    case nobodyListens
    case notAllowed
    case timedOut
    case tooLarge(limit: Int)
    /// The reason is for people.
    case broken(String)
}

extension SocketFailure {
    fileprivate init(_ failure: HTTPFailure) {
        switch failure {
        case .cannotConnect(_, ENOENT), .cannotConnect(_, ECONNREFUSED): self = .nobodyListens
        case .cannotConnect(_, EACCES): self = .notAllowed
        case .timedOut, .busy: self = .timedOut
        case .tooLarge(let limit): self = .tooLarge(limit: limit)
        case .cannotConnect, .exhausted, .closedBeforeReply, .closedDuringReply, .notHTTP, .cancelled, .encryption,
            .other:
            self = .broken(failure.reason)
        }
    }
}
