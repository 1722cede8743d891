// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import WireFormat
import EventLog
import OutboundHTTP
import Rules
import Synchronization
import TimeZones

/// The desk of a server in another process, followed over its control socket: a mirror of its calls, and how it stands.
///
/// While the server is away the mirror stays, the screen says so, and the connection is tried again.
final class RemoteServer: Sendable {
    private struct State {
        var mirror: LogMirror
        var status: ServerStatus
        /// The clock that the status names.
        var zone: Zone
        /// Grows whenever the status or the connection changes.
        var version: UInt64 = 1
        /// What the server said that was not understood.
        var problem: String?
        /// Since when nobody answers.
        var lostAt: Instant?
    }

    private let state: Mutex<State>
    private let client: ControlClient
    private let now: @Sendable () -> Instant
    private let onChange = Mutex<@Sendable () -> Void>({})

    private static let lost = "The connection to the server is lost: this is how it was; trying again"
    /// How many calls the mirror keeps.
    private static let keep = Retention(calls: 10_000, bytes: 64 << 20)

    init(client: ControlClient, status: ServerStatus, now: @escaping @Sendable () -> Instant) {
        self.client = client
        self.now = now
        state = Mutex(State(mirror: LogMirror(keep: Self.keep), status: status, zone: Self.zone(of: status)))
    }

    /// Calls a function after every change; it must only wake somebody up.
    func watch(_ changed: @escaping @Sendable () -> Void) {
        onChange.withLock { $0 = changed }
    }

    func snapshot() -> LogSnapshot { state.withLock { $0.mirror.snapshot() } }

    /// Grows whenever the status changes.
    var version: UInt64 { state.withLock { $0.version } }

    /// The clock of the server's rules file; UTC where this machine does not know it.
    var zone: Zone { state.withLock { $0.zone } }

    private static func zone(of status: ServerStatus) -> Zone { TimeZones.zone(named: status.timeZone) ?? .utc }

    /// How the desk stood when it was last heard of, with what has changed by itself since.
    var status: ServerStatus {
        let (status, problem, lostAt) = state.withLock { ($0.status, $0.problem, $0.lostAt) }
        var carried = status.carriedOn(to: now())
        if let problem { carried.warnings.insert(problem, at: 0) }
        if lostAt != nil { carried.warnings.insert(Self.lost, at: 0) }
        return carried
    }

    /// The page of calls that the mirror wants next.
    var wanted: PageRequest? { state.withLock { $0.mirror.wanted } }

    /// Notes that something the server said was not understood; it stands on the screen.
    func note(problem: String) {
        state.withLock { state in
            guard state.problem != problem else { return }
            state.problem = problem
            state.version += 1
        }
        onChange.withLock { $0 }()
    }

    /// Changes the mirror and tells whoever watches.
    func change(_ body: (inout LogMirror) -> Void) {
        state.withLock { body(&$0.mirror) }
        onChange.withLock { $0 }()
    }

    /// Takes a new status; the connection stands.
    func take(_ status: ServerStatus) {
        state.withLock { state in
            if state.status.timeZone != status.timeZone { state.zone = Self.zone(of: status) }
            state.status = status
            state.version += 1
        }
        onChange.withLock { $0 }()
    }

    /// Notes that the connection stands, or that it is lost.
    func noteConnection(isLost: Bool) {
        let isNew = state.withLock { state in
            guard (state.lostAt != nil) != isLost else { return false }
            state.lostAt = isLost ? now() : nil
            state.version += 1
            return true
        }
        if isNew { onChange.withLock { $0 }() }
    }
}
