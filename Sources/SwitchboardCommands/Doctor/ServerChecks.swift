// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ControlSocket
import Foundation
import Overrides
import Screen
import StateFiles

/// The running server, as far as it was found.
struct ServerFound {
    /// Where the control socket was looked for.
    let socket: String
    /// What the server says; `nil` if none answered.
    let report: StatusReport?
    /// Why none answered, where one listens.
    let problem: Problem?
    /// Its state folder, or the one that it would use.
    let state: StateFound
    /// The process that holds the state folder; `nil` if none does.
    let holder: Int?
    let isHeld: Bool

    /// What is wrong with what listens at the control socket.
    enum Problem: Hashable {
        /// It accepts connections and does not answer.
        case silent
        case notAllowed
        /// It answers something else than a server; one sentence.
        case strange(String)
        /// There is no place where a server could listen; one sentence.
        case unusable(String)
    }

    /// The process of the server, and the files that it uses; `nil` if none answers, or it is too old to say.
    var process: ServerProcess? { report?.server.server.process }

    /// The process of the server, whether or not it answers.
    var processID: Int? { process?.id ?? (isHeld ? holder : nil) ?? SocketFile.process(listeningAt: socket) }

    /// How its files can be looked at that this user may not see.
    var wayToLook: String {
        guard let user else { return "run as the user of the server" }
        return "`sudo -u \(user) switchboard doctor` looks at it"
    }

    /// The user of the server; the owner of the socket where the process is unknown.
    private var user: String? {
        var status = stat()
        let places = [processID.map { "/proc/\($0)" }, socket].compactMap(\.self)
        guard places.contains(where: { stat($0, &status) == 0 }) else { return nil }
        return AccountName.of(status.st_uid)
    }

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
    static func check(_ server: ServerFound, isRulesFileFine: Bool) -> [HealthCheck] {
        guard let report = server.report else { return unanswered(server) }
        var checks = [HealthCheck.ok("control", "the server answers at \(server.socket)")]
        var status = stat()
        if stat(server.socket, &status) == 0, status.st_mode & 0o007 != 0 {
            checks = [.failure("control", "every user may use \(server.socket)", do: "chmod 600 \(server.socket)")]
        }
        checks += warnings(report.server, isRulesFileFine: isRulesFileFine)
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

    /// What is wrong without a server that answers.
    private static func unanswered(_ server: ServerFound) -> [HealthCheck] {
        let process = server.processID.map { "process \($0)" } ?? "a process"
        switch server.problem {
        case .silent:
            return [
                .failure(
                    "control", "\(process) accepts connections at \(server.socket) and does not answer",
                    do: "see whether the process is stopped or hangs, and restart it")
            ]
        case .notAllowed:
            return [.failure("control", "this user may not use \(server.socket)", do: server.wayToLook)]
        case .strange(let words):
            let advice = "run as the user of the server, look at \(process), or name another socket with --socket"
            return [.failure("control", words, do: advice)]
        case .unusable(let words):
            return [.failure("control", words, do: "name another socket with --socket")]
        case nil: break
        }
        if server.isHeld {
            return [
                .failure(
                    "control", "\(process) holds the state folder, and no server answers at \(server.socket)",
                    do: "name its socket with --socket, or restart it")
            ]
        }
        return [
            .warning(
                "server", "no server answers at \(server.socket)",
                do: "start `switchboard serve`; until then callers reach the platform's default assistant"),
            .skipped("clock", "unknown without a server, to which webhooks show the platform's time"),
        ]
    }

    /// What the server itself warns of, as `status` shows it; not what another check has found already.
    private static func warnings(_ status: ServerStatus, isRulesFileFine: Bool) -> [HealthCheck] {
        let clock = OverrideTimeText(zone: status.timeZone, now: WallClock.system.now())
        let rules = isRulesFileFine ? status.rules.words(clock.time) : nil
        let mend = "mend it; `switchboard status` shows whether it is over"
        var checks = [rules, status.journal?.alarm(clock.time)].compactMap(\.self).map {
            HealthCheck.warning("server", $0, do: mend)
        }
        checks += status.warnings.map { .warning("server", CleanText.clean($0), do: mend) }
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
