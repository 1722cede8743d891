// SPDX-License-Identifier: Apache-2.0

package import Calls
import NIOCore
import NIOHTTP1
import NIOPosix
package import Signatures
import Synchronization

/// Posts webhooks to one server over kept connections, with the platform's headers and its patience.
package final class PlatformClient: WebhookSender {
    /// How long the platform waits for an answer to an assistant-request (contract, section 3).
    package static let platformPatience = Duration.seconds(5)

    /// More idle connections than this are not kept.
    private static let mostIdle = 16

    private let target: WebhookTarget
    private let secret: WebhookSecret?
    private let patience: Duration
    private let now: @Sendable () -> Instant
    private let idle = Mutex<[PlatformConnection]>([])

    /// Creates a client that signs when it has a secret; it connects when the first webhook is posted.
    package init(
        target: WebhookTarget, secret: WebhookSecret?, patience: Duration = platformPatience,
        now: @escaping @Sendable () -> Instant
    ) {
        self.target = target
        self.secret = secret
        self.patience = patience
        self.now = now
    }

    package func post(_ body: [UInt8], event: String) async throws(PlatformError) -> PlatformReply {
        let deadline = NIODeadline.now() + TimeAmount(patience)
        let headers = WebhookHeaders.headers(of: body, event: event, to: target, secret: secret, at: now())
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: target.path, headers: headers)
        if let kept = takeIdle() {
            do throws(ReplyFailure) {
                return try await exchange(head, body, over: kept, by: deadline)
            } catch {
                // An idle connection may have been closed at this very moment; a new one tells whether all is well.
                guard error == .closedUnanswered, !Task.isCancelled else { throw reason(error) }
            }
        }
        let connection = try await connect(by: deadline)
        do throws(ReplyFailure) {
            return try await exchange(head, body, over: connection, by: deadline)
        } catch {
            throw reason(error)
        }
    }

    /// Closes the kept connections.
    package func close() {
        let connections = idle.withLock { kept in
            defer { kept = [] }
            return kept
        }
        for connection in connections { connection.close() }
    }
}

extension PlatformClient {
    private func connect(by deadline: NIODeadline) async throws(PlatformError) -> PlatformConnection {
        do {
            let group = MultiThreadedEventLoopGroup.singleton
            return try await PlatformConnection.open(to: target, on: group, within: deadline - .now())
        } catch {
            if ConnectFailure.isTimeout(error) { throw .timedOut(after: patience) }
            throw .cannotConnect(to: "\(target)", reason: ConnectFailure.words(for: error))
        }
    }

    private func exchange(
        _ head: HTTPRequestHead, _ body: [UInt8], over connection: PlatformConnection, by deadline: NIODeadline
    ) async throws(ReplyFailure) -> PlatformReply {
        let start = NIODeadline.now()
        do {
            let reply = try await connection.send(head, body, by: deadline)
            let taken = NIODeadline.now() - start
            if reply.isLast { connection.close() } else { keep(connection) }
            return PlatformReply(
                status: reply.status, body: reply.body, milliseconds: Double(taken.nanoseconds) / 1_000_000)
        } catch let failure as ReplyFailure {
            connection.close()
            throw failure
        } catch {
            connection.close()
            throw .closedHalfway
        }
    }

    private func takeIdle() -> PlatformConnection? {
        idle.withLock { kept in
            kept.removeAll { !$0.isOpen }
            return kept.popLast()
        }
    }

    private func keep(_ connection: PlatformConnection) {
        let isKept = idle.withLock { kept in
            guard kept.count < Self.mostIdle else { return false }
            kept.append(connection)
            return true
        }
        if !isKept { connection.close() }
    }

    private func reason(_ failure: ReplyFailure) -> PlatformError {
        if Task.isCancelled { return .cancelled }
        return switch failure {
        case .late: .timedOut(after: patience)
        case .closedUnanswered, .closedHalfway: .closed
        case .notHTTP(let reason): .notHTTP(reason: reason)
        case .tooLarge: .replyTooLarge(limit: ReplyCollector.limit)
        }
    }
}
