// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import OutboundHTTP
import Overrides
import Rules
import Synchronization
import TimeZones
import WireFormat

/// A server in another process, followed over its control socket: a mirror of its calls, and its status.
///
/// While the server is unreachable the mirror stays, the screen shows that, and the connection is retried.
final class RemoteServer: Sendable {
    private struct State {
        var mirror: LogMirror
        var status: ServerStatus
        /// The time zone of the status.
        var zone: Zone
        /// Grows whenever the status or the connection changes.
        var version: UInt64 = 1
        /// An event that could not be read.
        var problem: String?
        /// When the server was last heard.
        var heardAt: Instant
        /// Whether the server is out of reach since then.
        var isLost = false
        /// Whether another run of the server was found since contact was lost.
        var isOtherRun = false
    }

    private let state: Mutex<State>
    private let client: ControlClient
    private let now: @Sendable () -> Instant
    private let onChange = Mutex<@Sendable () -> Void>({})
    private let onContact = Mutex<@Sendable (ServerContact) -> Void>({ _ in })

    /// How many calls the mirror keeps.
    private static let keep = Retention(calls: 10_000, bytes: 64 << 20)

    init(client: ControlClient, status: ServerStatus, now: @escaping @Sendable () -> Instant) {
        self.client = client
        self.now = now
        state = Mutex(
            State(mirror: LogMirror(keep: Self.keep), status: status, zone: Self.zone(of: status), heardAt: now()))
    }

    /// Calls a function when contact is lost and when it is there again; it must return at once.
    func watchContact(_ changed: @escaping @Sendable (ServerContact) -> Void) {
        onContact.withLock { $0 = changed }
    }

    /// Calls a function after every change; it must return at once.
    func watch(_ changed: @escaping @Sendable () -> Void) {
        onChange.withLock { $0 = changed }
    }

    /// Whether no page of calls has arrived, so that nobody here knows which calls there are.
    var isReadingCalls: Bool {
        state.withLock { $0.mirror.wanted != nil && $0.mirror.snapshot().sequences.isEmpty }
    }

    func snapshot() -> LogSnapshot { state.withLock { $0.mirror.snapshot() } }

    /// The calls once every page that the server keeps has arrived; `nil` if that takes longer than five seconds.
    ///
    /// Without a connection nothing more arrives, so the calls that are here have to do.
    func completeSnapshot() async -> LogSnapshot? {
        for _ in 0..<250 {
            let (mirror, isLost) = state.withLock { ($0.mirror, $0.isLost) }
            if mirror.wanted == nil || isLost { return mirror.snapshot() }
            do {
                try await Task.sleep(for: .milliseconds(20))
            } catch {
                return nil
            }
        }
        return nil
    }

    /// Grows whenever the status changes.
    var version: UInt64 { state.withLock { $0.version } }

    /// The time zone of the server's rules file; UTC if this machine does not know it.
    var zone: Zone { state.withLock { $0.zone } }

    private static func zone(of status: ServerStatus) -> Zone { TimeZones.zone(named: status.timeZone) ?? .utc }

    /// The last known status, with the overrides that have ended since; without contact, as of when it was lost.
    var status: ServerStatus {
        let (status, problem, lostAt) = state.withLock { ($0.status, $0.problem, $0.isLost ? $0.heardAt : nil) }
        var carried = status.carriedOn(to: lostAt ?? now())
        if let problem { carried.warnings.insert(problem, at: 0) }
        return carried
    }

    /// The page of calls that the mirror wants next.
    var wanted: PageRequest? { state.withLock { $0.mirror.wanted } }

    /// Notes an event that could not be read; the screen shows it.
    func note(problem: String) {
        state.withLock { state in
            guard state.problem != problem else { return }
            state.problem = problem
            state.version += 1
        }
        onChange.withLock { $0 }()
    }

    /// Changes the mirror and notifies the watcher.
    func change(_ body: (inout LogMirror) -> Void) {
        state.withLock { body(&$0.mirror) }
        onChange.withLock { $0 }()
    }

    /// Takes a desk event; one from before the stream began is news only if it happened while contact was lost.
    func take(_ event: DeskEvent, isFromBefore: Bool) {
        state.withLock { state in
            let isMissed = state.isLost && event.at > state.heardAt
            state.mirror.take(event, isNews: !isFromBefore || isMissed)
        }
        onChange.withLock { $0 }()
    }

    /// Takes a new status; every stream begins with one, so contact is there again.
    func take(_ status: ServerStatus) {
        let contact: ServerContact? = state.withLock { state in
            if state.status.timeZone != status.timeZone { state.zone = Self.zone(of: status) }
            state.status = status
            state.version += 1
            guard state.isLost else { return nil }
            state.isLost = false
            defer { state.isOtherRun = false }
            return .regained(isOtherRun: state.isOtherRun)
        }
        if let contact { onContact.withLock { $0 }(contact) }
        onChange.withLock { $0 }()
    }

    /// Notes that the server was heard; what it said may still be old.
    func noteHeard() {
        let now = now()
        state.withLock { state in
            if !state.isLost { state.heardAt = now }
        }
    }

    /// Notes that another run of the server answers.
    func noteRestart() {
        state.withLock { $0.isOtherRun = true }
    }

    /// Notes that the server cannot be reached.
    func noteLoss() {
        let contact: ServerContact? = state.withLock { state in
            guard !state.isLost else { return nil }
            state.isLost = true
            state.version += 1
            return .lost(since: state.heardAt)
        }
        guard let contact else { return }
        onContact.withLock { $0 }(contact)
        onChange.withLock { $0 }()
    }
}
