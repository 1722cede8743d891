// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Files
import Foundation
import Overrides
import StateFiles

/// The rules file, as far as it was found.
enum RulesFound {
    /// There is none, for this reason.
    case none(String)
    /// That of the running server cannot be looked at from here, for this reason.
    case hidden(String)
    case unreadable(path: String, String, isServed: Bool)
    case read(ConfigurationSource)

    /// Finds the file of the server that answers, else the one that `serve` would use, and reads it; `named` is another one.
    static func find(named: String?, environment: [String: String], _ server: ServerFound) throws -> RulesFound {
        if named == nil, let process = server.process {
            guard let path = process.rulesFile else {
                return .hidden("the rules of the server are built in or came through a pipe; --config names a file")
            }
            guard access(path, R_OK) == 0 || errno != EACCES else {
                return .hidden("this user may not read \(path) of the server; \(server.wayToLook)")
            }
            return read(path, isServed: true)
        }
        do {
            return read(try ConfigurationPath.find(named: named, environment: environment), isServed: false)
        } catch let failure as CommandFailure {
            if server.problem != nil {
                return .hidden("those of the server are unknown while it does not answer; --config names a file")
            }
            return .none(String(failure.message.prefix { $0 != "\n" }))
        }
    }

    private static func read(_ path: String, isServed: Bool) -> RulesFound {
        do throws(CommandFailure) {
            return .read(try ConfigurationSource(path: path, patience: patience))
        } catch {
            return .unreadable(path: path, error.message, isServed: isServed)
        }
    }

    /// How long the next byte of a pipe may take, in milliseconds.
    private static let patience: Int32 = 5_000

    var source: ConfigurationSource? {
        if case .read(let source) = self { source } else { nil }
    }

    var path: String? {
        switch self {
        case .none, .hidden: nil
        case .unreadable(let path, _, _): path
        case .read(let source): source.path
        }
    }
}

/// Whether the rules file can be used, and whether the server uses it.
enum RulesCheck {
    static func check(_ rules: RulesFound, _ server: ServerFound) -> [HealthCheck] {
        let found = content(of: rules, server)
        guard let path = rules.path, let (place, mode) = FileAccess.placeThatEverybodyChanges(path) else {
            return found
        }
        let fault = HealthCheck.warning(
            "rules", "every user can change \(path), as \(place) has mode 0\(String(mode, radix: 8))",
            do: "chmod o-w \(place)")
        return found.filter { $0.outcome != .ok } + [fault]
    }

    private static func content(of rules: RulesFound, _ server: ServerFound) -> [HealthCheck] {
        let path: String
        let source: ConfigurationSource
        switch rules {
        case .none(let reason):
            return [.failure("rules", reason, do: "run `switchboard init`, or name the file with --config")]
        case .hidden(let reason): return [.skipped("rules", reason)]
        case .unreadable(_, let reason, let isServed):
            let advice =
                isServed
                ? "put the file of the running server back; it goes on with the rules in memory"
                : "name a file that can be read with --config"
            return [.failure("rules", reason, do: advice)]
        case .read(let found): (path, source) = (found.path, found)
        }
        let findings = source.findings(at: WallClock.system.now())
        let errors = findings.filter { $0.severity == .error }
        let check = "run `switchboard check \(path)`"
        if let first = errors.first {
            let words =
                "\(path) has \(CountText.words(errors.count, "error")), the first at line \(first.line) "
                + "(\(first.code.rawValue))"
            return [.failure("rules", words, do: check)]
        }
        if let status = server.report?.server, status.rules.inUse != .file {
            return [
                .warning(
                    "rules", "\(path) has no errors, and the server does not use it",
                    do: "run `switchboard reload`")
            ]
        }
        guard let first = findings.first else { return [.ok("rules", "\(path): no findings")] }
        return [
            .warning(
                "rules",
                "\(path) has \(CountText.words(findings.count, "warning")), the first at line \(first.line) (\(first.code.rawValue))",
                do: check)
        ]
    }
}

/// The state folder, as far as there is one.
enum StateFound {
    case folder(String)
    /// There is none, for this reason.
    case none(String)

    /// The folder that `serve` would use.
    static func find(named: String?, environment: [String: String]) throws -> StateFound {
        do {
            return .folder(try StatePath.find(named: named, environment: environment))
        } catch let failure as CommandFailure where named == nil {
            return .none(failure.message)
        }
    }

    var folder: String? {
        if case .folder(let folder) = self { folder } else { nil }
    }
}

/// The state folder: who may use it, whether there is room, and which process holds it.
enum StateCheck {
    private static let leastRoom: UInt64 = 16 << 20
    private static let littleRoom: UInt64 = 256 << 20

    /// The folder of the unit of `service/`, as far as another user may look at it; `nil` where there is none.
    static func checkSystem(_ folder: String) -> [HealthCheck] {
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [] }
        guard status.st_uid != geteuid() else { return check(folder) }
        let owner = AccountName.of(status.st_uid) ?? "user \(status.st_uid)"
        return [
            .skipped(
                "state",
                "\(folder) belongs to \(owner): `sudo -u \(owner) switchboard doctor --state \(folder)` checks it")
        ]
    }

    /// The folder of the server, or the one that it would use.
    static func check(_ server: ServerFound) -> [HealthCheck] {
        switch server.state {
        case .folder(let folder):
            check(folder, server.process?.stateFolder == folder || server.problem != nil ? server : nil)
        case .none(let reason): [.failure("state", reason, do: "set HOME, or name a folder with --state")]
        }
    }

    /// `user` is the server that uses the folder now.
    private static func check(_ folder: String, _ user: ServerFound? = nil) -> [HealthCheck] {
        var status = stat()
        guard stat(folder, &status) == 0 else {
            if errno == EACCES, let user {
                return [.skipped("state", "this user may not look at \(folder); \(user.wayToLook)")]
            }
            return errno == ENOENT
                ? [user?.process == nil ? missing(folder) : gone(folder)]
                : [
                    .failure(
                        "state", "\(folder): \(String(cString: strerror(errno)))",
                        do: "name another folder with --state")
                ]
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return [
                .failure("state", "\(folder) is not a folder", do: "move it away, or name another one with --state")
            ]
        }
        if let user, status.st_uid != geteuid() {
            return [room(folder)].compactMap(\.self) + foreign(folder, status, user)
        }
        switch StateFilesError(refusing: folder) {
        case .notPrivate(_, let mode): return [open(folder, mode)]
        case .notOurs:
            return [
                .failure(
                    "state", "\(folder) belongs to another user",
                    do: "run as that user, or name another folder with --state")
            ]
        case .cannotUse, .inUse, nil: break
        }
        guard access(folder, W_OK | X_OK) == 0 else {
            return [
                .failure(
                    "state", "\(folder) cannot be written: \(String(cString: strerror(errno)))",
                    do: "overrides are not kept until it can")
            ]
        }
        return [room(folder), content(folder)].compactMap(\.self)
    }

    private static func open(_ folder: String, _ mode: UInt32) -> HealthCheck {
        .failure(
            "state", "others can write to \(folder) (mode 0\(String(mode & 0o7777, radix: 8)))",
            do: "chmod 700 \(folder)")
    }

    /// The folder of a server that another user runs, which root may look into.
    private static func foreign(_ folder: String, _ status: stat, _ server: ServerFound) -> [HealthCheck] {
        if status.st_mode & 0o022 != 0 { return [open(folder, status.st_mode)] }
        guard geteuid() == 0 else {
            return [.skipped("state", "\(folder) belongs to another user; \(server.wayToLook)")]
        }
        return [content(folder)]
    }

    private static func gone(_ folder: String) -> HealthCheck {
        .failure(
            "state", "\(folder) of the running server is missing", do: "restart the server if no change makes it again")
    }

    private static func missing(_ folder: String) -> HealthCheck {
        var parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        while !FileManager.default.fileExists(atPath: parent), parent != "/" {
            parent = URL(fileURLWithPath: parent).deletingLastPathComponent().path
        }
        return access(parent, W_OK | X_OK) == 0
            ? .ok("state", "\(folder) does not exist yet; serve creates it")
            : .failure(
                "state", "\(folder) cannot be created in \(parent)", do: "create it, or name another one with --state")
    }

    private static func room(_ folder: String) -> HealthCheck? {
        var system = statvfs()
        guard statvfs(folder, &system) == 0 else { return nil }
        let free = UInt64(system.f_bavail) * UInt64(system.f_frsize)
        let words = "\(free >> 20) MiB free for \(folder)"
        if free < leastRoom { return .failure("disk", words, do: "make room: without it overrides cannot be set") }
        return free < littleRoom ? .warning("disk", words, do: "make room") : .ok("disk", words)
    }

    private static func content(_ folder: String) -> HealthCheck {
        if let problem = StateFiles.damage(in: folder) {
            return .failure(
                "state", "\(folder)/state.json is damaged: \(problem)",
                do: "the next start sets it aside and begins without overrides")
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            return .failure(
                "state", "cannot list \(folder): \(NamedFiles.words(for: error))", do: "chmod 700 \(folder)")
        }
        let damaged = names.count { $0.hasPrefix("state.json.damaged-") }
        if damaged > 0 {
            return .warning(
                "state", "\(folder) has \(CountText.words(damaged, "damaged copy")) of state.json set aside",
                do: "compare audit.jsonl with the overrides in force, then remove them")
        }
        return .ok("state", folder)
    }
}
