// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Calls
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The one HTTP client of the process: asks contact sources and back ends, each in bounded time and bytes.
///
/// It has an event loop of its own, so that a slow other end never takes time from calls that are answered from memory.
package final class OutboundHTTP: Sendable {
    /// A client with the event loop that is its own.
    private struct Running {
        let client: HTTPClient
        let group: MultiThreadedEventLoopGroup
    }

    /// `nil` until something is asked: most rules files ask nobody.
    private let running = Mutex<Running?>(nil)

    package init() {}

    var client: HTTPClient {
        running.withLock { running in
            if let running { return running.client }
            let started = Self.start()
            running = started
            return started.client
        }
    }

    private static func start() -> Running {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var configuration = HTTPClient.Configuration(
            // A redirect would carry a caller's number to somebody whom the rules file does not name.
            redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        // Who cannot be reached is said at once; the next call tries again.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
        return Running(client: HTTPClient(eventLoopGroup: group, configuration: configuration), group: group)
    }

    /// Lets every connection go.
    package func shutDown() async throws {
        guard let ended = running.withLock({ $0.take() }) else { return }
        try await ended.client.shutdown()
        try await ended.group.shutdownGracefully()
    }

    /// What came back.
    enum Outcome {
        case response(status: Int, body: [UInt8])
        case timedOut
        case tooLarge
        /// The words say why, for people.
        case unreachable(String)
    }

    /// Sends a request and reads the response, both within the time and the bytes that are allowed.
    func outcome(
        _ method: Method, _ url: String, headers: [(String, String)], body: [UInt8]? = nil, within time: Duration,
        largest: Int
    ) async -> Outcome {
        guard time > .zero else { return .timedOut }
        var request = HTTPClientRequest(url: url)
        request.method = method == .get ? .GET : .POST
        request.headers.add(contentsOf: headers)
        if let body { request.body = .bytes(body) }
        do {
            let response = try await client.execute(request, deadline: .now() + TimeAmount(time))
            var bytes: [UInt8] = []
            for try await piece in response.body {
                guard bytes.count + piece.readableBytes <= largest else { return .tooLarge }
                bytes.append(contentsOf: piece.readableBytesView)
            }
            return .response(status: Int(response.status.code), body: bytes)
        } catch {
            return Self.outcome(of: error)
        }
    }

    /// How something is asked.
    enum Method {
        case get
        case post
    }

    private static func outcome(of error: any Error) -> Outcome {
        guard let error = error as? HTTPClientError else { return .unreachable("no connection") }
        let late: [HTTPClientError] = [
            .deadlineExceeded, .readTimeout, .connectTimeout, .getConnectionFromPoolTimeout,
        ]
        return late.contains(error) ? .timedOut : .unreachable(error.shortDescription)
    }
}
