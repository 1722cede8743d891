// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Foundation
import Overrides
import StateFiles

/// The rules file, as far as it was found.
enum RulesFound {
    /// There is none, for this reason.
    case none(String)
    case unreadable(path: String, String)
    case read(ConfigurationSource)

    /// Finds the file that `serve` would use, and reads it.
    static func find(named: String?, environment: [String: String]) throws -> RulesFound {
        let path: String
        do {
            path = try ConfigurationPath.find(named: named, environment: environment)
        } catch let failure as CommandFailure {
            let reason = failure.message.prefix { $0 != "\n" }
            return .none(String(reason.hasSuffix(".") ? reason.dropLast() : reason))
        }
        do throws(CommandFailure) {
            return .read(try ConfigurationSource(path: path, patience: patience))
        } catch {
            return .unreadable(path: path, error.message)
        }
    }

    /// How long the next byte of a pipe may take, in milliseconds.
    private static let patience: Int32 = 5_000

    var source: ConfigurationSource? {
        if case .read(let source) = self { source } else { nil }
    }

    var path: String? {
        switch self {
        case .none: nil
        case .unreadable(let path, _): path
        case .read(let source): source.path
        }
    }
}

/// Whether the rules file can be used, and whether the server uses it.
enum RulesCheck {
    static func check(_ rules: RulesFound, _ server: ServerFound) -> [HealthCheck] {
        let path: String
        let source: ConfigurationSource
        switch rules {
        case .none(let reason):
            return [.failure("rules", reason, do: "run `switchboard init`, or name the file with --config")]
        case .unreadable(_, let reason):
            return [.failure("rules", reason, do: "name a file that can be read with --config")]
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

/// The webhook secrets: whether they are there, who can read them, and whether they are what was meant.
enum SecretCheck {
    /// Shorter ones can be guessed.
    private static let fewestBytes = 16

    static func check(
        _ settings: ServerSettings, besides configuration: String, _ server: ServerFound
    ) -> [HealthCheck] {
        guard !settings.secrets.isEmpty else {
            let advice = "set server.secrets to the secret of the platform"
            return settings.listen.isLoopback
                ? [
                    .warning(
                        "secrets", "webhooks are not signed: anybody who reaches the server can send them", do: advice)
                ]
                : [.failure("secrets", "webhooks are not signed, and the address is public", do: advice)]
        }
        let reader = SecretReader(configuration: configuration)
        return settings.secrets.map { check($0, reader, server) }
    }

    private static func check(_ source: SecretSource, _ reader: SecretReader, _ server: ServerFound) -> HealthCheck {
        let place = reader.place(of: source)
        if let path = reader.path(of: source), let fault = mode(of: path, place) { return fault }
        do throws(SecretReader.Problem) {
            let reading = try reader.read(source)
            if let warning = reading.warnings.first {
                return .warning("secrets", warning, do: "write the secret alone")
            }
            guard reading.bytes.count >= fewestBytes else {
                return .warning(
                    "secrets", "\(place) has a secret of only \(reading.bytes.count) bytes",
                    do: "use \(fewestBytes) or more, on both sides")
            }
            return .ok("secrets", "\(place) has a secret")
        } catch {
            if reader.path(of: source) == nil, server.report?.server.isSigned == true {
                return .ok("secrets", "\(error) in this shell; the running server has its secrets")
            }
            return .failure("secrets", "\(error)", do: "set it for the server, or remove it from server.secrets")
        }
    }

    /// What is wrong with who may read or change a file.
    private static func mode(of path: String, _ place: String) -> HealthCheck? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let mode = "mode 0\(String(status.st_mode & 0o7777, radix: 8))"
        if status.st_mode & 0o007 != 0 {
            return .failure("secrets", "\(place) is open to every user (\(mode))", do: "chmod 600 \(path)")
        }
        if status.st_mode & 0o020 != 0 {
            return .failure("secrets", "\(place) can be changed by its group (\(mode))", do: "chmod 640 \(path)")
        }
        return nil
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
            return .folder(try StateFolder.find(named: named, environment: environment))
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

    static func check(_ found: StateFound) -> [HealthCheck] {
        switch found {
        case .folder(let folder): check(folder)
        case .none(let reason): [.failure("state", reason, do: "set HOME, or name a folder with --state")]
        }
    }

    private static func check(_ folder: String) -> [HealthCheck] {
        var status = stat()
        guard stat(folder, &status) == 0 else {
            return errno == ENOENT
                ? [missing(folder)]
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
        switch StateFilesError(refusing: folder) {
        case .notPrivate(_, let mode):
            return [
                .failure(
                    "state", "others can write to \(folder) (mode 0\(String(mode, radix: 8)))",
                    do: "chmod 700 \(folder)")
            ]
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
