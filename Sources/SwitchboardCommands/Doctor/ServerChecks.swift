// SPDX-License-Identifier: Apache-2.0

import Calls
import Foundation
import Overrides
import StateFiles

/// The running server, as far as it was found.
struct ServerFound {
    /// Where the control socket was looked for.
    let socket: String
    /// What the server says; `nil` if none answered.
    let report: StatusReport?
    /// Why no server answered.
    let problem: String?
    /// Its state folder, or the one that it would use.
    let state: StateFound
    /// The process that holds the state folder; `nil` if none does.
    let holder: Int?
    let isHeld: Bool

    /// Finds the process that holds a state folder, by its lock.
    static func holder(of folder: String) -> (isHeld: Bool, process: Int?) {
        let lock = open(folder + "/lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard lock >= 0 else { return (isLocked(folder), nil) }
        defer { close(lock) }
        guard isLocked(lock) || isLocked(folder) else { return (false, nil) }
        return (true, StateHolder.read(folder)?.process)
    }

    private static func isLocked(_ folder: String) -> Bool {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return isLocked(descriptor)
    }

    /// A shared lock is only taken where nobody has an exclusive one, and given back at once.
    private static func isLocked(_ descriptor: Int32) -> Bool {
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
            flock(descriptor, LOCK_UN)
            return false
        }
        return errno == EWOULDBLOCK
    }
}

/// Whether a server runs, and whether commands reach it.
enum ServerCheck {
    static func check(_ server: ServerFound) -> [HealthCheck] {
        let process = server.holder.map { "process \($0)" } ?? "a process"
        guard let report = server.report else {
            if server.isHeld {
                return [
                    .failure(
                        "control", "\(process) holds the state folder, and no server answers at \(server.socket)",
                        do: "name its socket with --socket, or restart it")
                ]
            }
            if let problem = server.problem {
                return [.failure("control", problem, do: "run as the user of the server")]
            }
            return [
                .warning(
                    "server", "no server answers at \(server.socket)",
                    do: "start `switchboard serve`; until then callers reach the platform's default assistant"),
                .skipped("clock", "unknown without a server, to which webhooks show the platform's time"),
            ]
        }
        var checks = [HealthCheck.ok("control", "the server answers at \(server.socket)")]
        var status = stat()
        if stat(server.socket, &status) == 0, status.st_mode & 0o007 != 0 {
            checks = [.failure("control", "every user may use \(server.socket)", do: "chmod 600 \(server.socket)")]
        }
        let warnings = report.server.warnings
        if !warnings.isEmpty {
            checks.append(
                .warning("server", CountText.words(warnings.count, "warning"), do: "run `switchboard status`"))
        }
        if report.server.probe?.failingSince != nil {
            checks.append(
                .failure(
                    "probe", "the server's own probes of its public address fail",
                    do: "run `switchboard doctor --url` with that address"))
        }
        checks.append(clock(report))
        checks.append(signatures(report))
        return checks
    }

    /// The clock against the times that the platform signed.
    private static func clock(_ report: StatusReport) -> HealthCheck {
        let limit = Int(PlatformLimits.signatureAge.components.seconds)
        let stale = report.refusedBy["stale_signature", default: 0]
        let refused =
            "\(CountText.words(stale, "webhook")) refused, signed more than \(limit) s before or after their arrival"
        guard let age = report.server.signedAge else {
            return stale > 0
                ? .failure("clock", refused, do: setClock)
                : .skipped(
                    "clock",
                    report.server.isSigned
                        ? "unknown: no signed webhook has arrived yet" : "unknown: webhooks are not signed")
        }
        let words =
            age < 0
            ? "webhooks arrive \(-age) s before they are signed, by this clock"
            : "webhooks arrive \(age) s after they are signed"
        if abs(age) * 2 >= limit { return .failure("clock", "\(words); \(limit) s is the limit", do: setClock) }
        if age >= late || age <= -early { return .warning("clock", words, do: setClock) }
        // The clocks agree, so these were kept back, or sent again by somebody.
        if stale > 0 {
            return .warning("clock", "\(words), and \(refused)", do: "see who sent them: `!` in the dashboard")
        }
        return .ok("clock", words)
    }

    private static let setClock = "set the clock of this machine, for example with `timedatectl set-ntp true`"
    /// From how many seconds on the way alone does not explain the age of webhooks.
    private static let late = 10
    /// From how many seconds on the clocks differ by more than their rounding.
    private static let early = 3

    private static func signatures(_ report: StatusReport) -> HealthCheck {
        let bad = ["bad_signature", "missing_signature", "bad_timestamp"].reduce(0) {
            $0 + report.refusedBy[$1, default: 0]
        }
        return bad > 0
            ? .warning(
                "signatures", "\(CountText.words(bad, "webhook")) refused for the signature",
                do: "compare the secrets of both sides; `!` in the dashboard shows who sent them")
            : .ok("signatures", report.server.isSigned ? "no webhook was refused for the signature" : "not asked for")
    }
}
