// SPDX-License-Identifier: Apache-2.0

import Calls
import WireFormat
import EventLog
import OutboundHTTP
import ServiceLifecycle
import Synchronization

/// Follows a server's events into the mirror while the dashboard runs, and reconnects when necessary.
struct RemoteFollower: Service {
    let client: ControlClient
    let server: RemoteServer

    /// The pauses between attempts to connect; the last one is repeated.
    private static let pauses: [Duration] = [.milliseconds(100), .milliseconds(300), .seconds(1), .seconds(2)]
    /// How long the server may be silent while it sends an empty line every second.
    private static let silence = Duration.seconds(2)

    func run() async throws {
        await cancelWhenGracefulShutdown { await follow() }
    }

    private func follow() async {
        let place = FollowedPlace()
        var attempt = 0
        while !Task.isCancelled {
            let wasHeard = await read(from: place)
            attempt = wasHeard ? 0 : attempt + 1
            guard !Task.isCancelled else { return }
            server.noteLoss()
            do {
                try await Task.sleep(for: Self.pauses[min(attempt, Self.pauses.count - 1)])
            } catch {
                return
            }
            client.follow()
        }
    }

    /// Reads one stream to its end; returns whether anything arrived.
    private func read(from place: FollowedPlace) async -> Bool {
        let target = "/v1/events?with=desk&heartbeat=1&after=\(place.cursor.map(String.init) ?? "now")"
        place.wasHeard = false
        do throws(SocketFailure) {
            _ = try await client.socket.read(target, silence: Self.silence) { line in
                place.wasHeard = true
                server.noteHeard()
                take(line, place)
            }
        } catch {
            // The loop tries again, and the screen shows that the connection is lost.
        }
        place.filling?.cancel()
        return place.wasHeard
    }

    private func take(_ bytes: [UInt8], _ place: FollowedPlace) {
        // An idle server sends an empty line now and then; a missing page is then requested again.
        defer { fill(place) }
        guard !bytes.isEmpty else { return }
        do throws(DocumentProblem) {
            take(try StreamLine(bytes), place)
        } catch {
            server.note(problem: "The server sent an event that this version cannot read: \(error)")
        }
    }

    private func take(_ line: StreamLine, _ place: FollowedPlace) {
        switch line {
        case .hello(let instance, let cursor, _):
            // Another run of the server, or the first one: its numbers start over.
            if place.instance != instance { server.change { $0.reset() } }
            if let former = place.instance, former != instance { server.noteRestart() }
            place.instance = instance
            place.cursor = cursor
        case .event(.desk(let event), let cursor):
            // What was done before this stream began has the cursor of its beginning.
            server.take(event, isFromBefore: cursor == place.cursor)
            place.cursor = cursor
        case .event(let event, let cursor):
            place.cursor = cursor
            server.change { $0.take(event) }
        case .dropped(_, let cursor):
            place.cursor = cursor
            server.change { $0.noteLoss() }
        case .status(let status): server.take(status)
        case .totals(let totals): server.change { $0.take(totals) }
        case .lines(let counts): server.change { $0.take(counts) }
        case .unknown: break
        }
    }

    /// Fetches the calls that the mirror wants, page by page, concurrently with the stream; one fetch at a time.
    private func fill(_ place: FollowedPlace) {
        guard server.wanted != nil, !place.isFilling else { return }
        place.isFilling = true
        place.filling = Task {
            while let request = server.wanted, !Task.isCancelled {
                guard let page = await page(request.before) else { break }
                server.change { $0.take(page.calls, next: page.next, for: request) }
            }
            place.isFilling = false
        }
    }

    private func page(_ before: UInt64?) async -> CallPage? {
        let target = "/v1/calls?limit=200" + (before.map { "&before=\($0)" } ?? "")
        do {
            return try CallPage(try await client.send(.get, target))
        } catch {
            // The next line of the stream tries again.
            return nil
        }
    }
}

/// The position of a follower in the stream, and its page fetch.
private final class FollowedPlace: Sendable {
    private struct State {
        var instance: String?
        var cursor: UInt64?
        /// Whether the current stream has brought anything.
        var wasHeard = false
        var isFilling = false
        var filling: Task<Void, Never>?
    }

    private let state = Mutex(State())

    var instance: String? {
        get { state.withLock { $0.instance } }
        set { state.withLock { $0.instance = newValue } }
    }

    var cursor: UInt64? {
        get { state.withLock { $0.cursor } }
        set { state.withLock { $0.cursor = newValue } }
    }

    var wasHeard: Bool {
        get { state.withLock { $0.wasHeard } }
        set { state.withLock { $0.wasHeard = newValue } }
    }

    var isFilling: Bool {
        get { state.withLock { $0.isFilling } }
        set { state.withLock { $0.isFilling = newValue } }
    }

    var filling: Task<Void, Never>? {
        get { state.withLock { $0.filling } }
        set { state.withLock { $0.filling = newValue } }
    }
}
