// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Glibc
import ListenerTLS
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The HTTP client of the process: every exchange is bounded in time and in bytes, from the connection to the last byte
/// of the body.
///
/// It has an event loop of its own, so that a slow server never takes time from calls that are answered from memory.
package final class OutboundHTTP: Sendable {
    private struct Running {
        let client: HTTPClient
        let group: MultiThreadedEventLoopGroup
    }

    /// How many connections to one server are open at once, unless the rules file sets another number (docs/rules.md).
    package static let usualConnectionsPerServer = 256
    /// How long a connection may take to be made, in seconds.
    ///
    /// Platform and callers wait no longer for an answer; a request may have less time of its own.
    private let connectSeconds: Int64
    /// How long `shutDown` waits for connections that are being made.
    private static let patience = Duration.milliseconds(500)

    /// `nil` until the first request: most rules files ask no server.
    private let running = Mutex<Running?>(nil)
    private let slots: ConnectionSlots
    /// How many connections to one server are open at once; further requests wait for one.
    package let connectionsPerServer: Int

    package init(connectionsPerServer: Int = usualConnectionsPerServer, connectSeconds: Int64 = 5) {
        self.connectionsPerServer = connectionsPerServer
        self.connectSeconds = connectSeconds
        slots = ConnectionSlots(perServer: connectionsPerServer)
    }

    var client: HTTPClient {
        running.withLock { running in
            if let running { return running.client }
            let started = start()
            running = started
            return started.client
        }
    }

    private func start() -> Running {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var configuration = HTTPClient.Configuration(
            // A redirect would carry a caller's number to a server that the rules file does not name.
            redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        // Report an unreachable server at once; the next request tries again.
        configuration.connectionPool.retryConnectionEstablishment = false
        // The slots bound the requests. A connection that is still being made for a request that has run out of time
        // needs a place too, and must not make others wait.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 2 * connectionsPerServer
        configuration.timeout.connect = .seconds(connectSeconds)
        return Running(client: HTTPClient(eventLoopGroup: group, configuration: configuration), group: group)
    }

    /// Closes all connections and ends the event loop.
    ///
    /// The client cannot abandon a connection that is being made, so one to a host that does not answer is not waited
    /// for: the process is about to end.
    package func shutDown() async throws {
        guard let ended = running.withLock({ $0.take() }) else { return }
        let (results, first) = AsyncStream.makeStream(of: Result<Void, any Error>.self)
        Task {
            do {
                try await ended.client.shutdown()
                try await ended.group.shutdownGracefully()
                first.yield(.success(()))
            } catch {
                first.yield(.failure(error))
            }
        }
        let timer = Task {
            try await Task.sleep(for: Self.patience)
            first.yield(.success(()))
        }
        defer { timer.cancel() }
        for await result in results { return try result.get() }
    }
}

extension OutboundHTTP {
    package struct Response: Sendable {
        package let status: Int
        package let body: [UInt8]
        /// From the moment at which the request had a connection slot to the last byte; connecting counts.
        package let milliseconds: Double
    }

    /// Posts a body and reads the whole reply; `trustsAnyone` accepts any certificate, as of this process itself.
    package func post(
        _ body: [UInt8], to url: String, headers: [(String, String)], within time: Duration, largest: Int,
        trustsAnyone: Bool = false
    ) async throws(HTTPFailure) -> Response {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(contentsOf: headers)
        request.body = .bytes(body)
        if trustsAnyone { request.tlsConfiguration = ListenerTLS.trustingAnyone }
        return try await exchange(request, within: time, largest: largest)
    }

    /// Gets a document.
    func get(
        _ url: String, headers: [(String, String)], within time: Duration, largest: Int
    ) async throws(HTTPFailure) -> Response {
        var request = HTTPClientRequest(url: url)
        request.headers.add(contentsOf: headers)
        return try await exchange(request, within: time, largest: largest)
    }

    /// Sends a request and reads head and body of the response, within `time` and at most `largest` bytes.
    ///
    /// The client's own deadline ends with the response head. A server that stalls after it is therefore cut off from
    /// here: cancelling the attempt closes its connection and frees its slot.
    func exchange(
        _ request: HTTPClientRequest, within time: Duration, largest: Int
    ) async throws(HTTPFailure) -> Response {
        guard time > .zero else { throw .timedOut }
        let result = await withTaskGroup(of: Result<Response, HTTPFailure>?.self) {
            group -> Result<Response, HTTPFailure> in
            group.addTask { await self.attempt(request, largest: largest) }
            group.addTask {
                do {
                    try await Task.sleep(for: time)
                } catch {
                    // The attempt has ended, or the caller was cancelled.
                }
                return nil
            }
            let first = await group.next()
            group.cancelAll()
            if case .some(.some(.success(let response))) = first { return .success(response) }
            if Task.isCancelled { return .failure(.cancelled) }
            if case .some(.some(.failure(let failure))) = first { return .failure(failure) }
            // A request that waited for its slot says nothing about the server.
            if case .some(.some(.failure(.busy))) = await group.next() { return .failure(.busy) }
            return .failure(.timedOut)
        }
        return try result.get()
    }

    private func attempt(_ request: HTTPClientRequest, largest: Int) async -> Result<Response, HTTPFailure> {
        let server = Self.server(of: request.url)
        let grant = await slots.take(for: server)
        guard grant != .none else { return .failure(.busy) }
        defer { slots.giveBack(for: server) }
        let start = ContinuousClock.now
        var hasHead = false
        do {
            let response = try await client.execute(request, deadline: .distantFuture)
            hasHead = true
            var bytes: [UInt8] = []
            for try await piece in response.body {
                guard bytes.count + piece.readableBytes <= largest else { return .failure(.tooLarge(limit: largest)) }
                bytes.append(contentsOf: piece.readableBytesView)
            }
            // A body that was cut off by cancellation may look complete.
            guard !Task.isCancelled else { return .failure(grant == .immediate ? .cancelled : .busy) }
            let taken = start.duration(to: .now) / .milliseconds(1)
            return .success(Response(status: Int(response.status.code), body: bytes, milliseconds: taken))
        } catch {
            guard Task.isCancelled else { return .failure(HTTPFailure(error, hasHead: hasHead)) }
            return .failure(grant == .immediate ? .cancelled : .busy)
        }
    }

    /// Scheme, host and port of a URL.
    private static func server(of url: String) -> Substring {
        url[..<URLEncoding.pathStart(of: url)]
    }
}

/// Why an exchange brought no response.
package enum HTTPFailure: Error, Hashable, Sendable {
    case timedOut
    /// The request had to wait for a connection, and the time was up before a reply arrived.
    case busy
    case tooLarge(limit: Int)
    /// `errno` is the system's error number, if it gave one.
    case cannotConnect(reason: String, errno: Int32?)
    /// This machine could not open one more connection, such as for want of file descriptors; the server was not asked.
    case exhausted(reason: String)
    case closedBeforeReply
    case closedDuringReply
    case notHTTP(String)
    case cancelled
    case encryption(TLSProblem)
    case other(String)
}

extension HTTPFailure {
    init(_ error: any Error, hasHead: Bool) {
        let closed: HTTPFailure = hasHead ? .closedDuringReply : .closedBeforeReply
        switch error {
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first {
                self = HTTPFailure(first.error, hasHead: false)
            } else {
                self = .cannotConnect(reason: "unknown host", errno: nil)
            }
        case let error as IOError:
            let reason = String(cString: strerror(error.errnoCode))
            switch error.errnoCode {
            case ECONNRESET, EPIPE: self = closed
            case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL: self = .exhausted(reason: reason)
            default: self = .cannotConnect(reason: reason, errno: error.errnoCode)
            }
        case ChannelError.connectTimeout: self = .timedOut
        case is ChannelError: self = closed
        case HTTPParserError.invalidEOFState: self = closed
        case let error as HTTPParserError: self = .notHTTP("\(error)")
        case let error as HTTPClientError: self = HTTPFailure(error, closed: closed)
        default: self = TLSProblem(error).map(HTTPFailure.encryption) ?? .other("\(error)")
        }
    }

    private init(_ error: HTTPClientError, closed: HTTPFailure) {
        switch error {
        case .deadlineExceeded, .readTimeout, .connectTimeout, .getConnectionFromPoolTimeout: self = .timedOut
        case .remoteConnectionClosed: self = closed
        case .cancelled, .alreadyShutdown, .shutdownUnsupported: self = .cancelled
        default: self = .other(error.shortDescription)
        }
    }

    /// The failure for people, after "could not be reached: ".
    var reason: String {
        switch self {
        case .timedOut: "timed out"
        case .busy: "all connections were in use"
        case .exhausted(let reason): "no connection could be opened here: \(reason)"
        case .tooLarge(let limit): "the reply is larger than \(limit) bytes"
        case .cannotConnect(let reason, _): reason
        case .closedBeforeReply: "the connection was closed without a reply"
        case .closedDuringReply: "the connection was closed during the reply"
        case .notHTTP(let reason): "the reply is not HTTP: \(reason)"
        case .cancelled: "cancelled"
        case .encryption(let problem): problem.description
        case .other(let reason): reason
        }
    }
}
