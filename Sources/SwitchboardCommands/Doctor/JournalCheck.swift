// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Files
import Foundation
import Journal
import Overrides

/// The journal: what the running server says of it, and the file itself.
enum JournalCheck {
    /// A lag of this many milliseconds is too much.
    private static let slow = 1000

    /// Checks the journal of the server that answers, else the one that `serve` would write by the rules file.
    ///
    /// Of a folder that is named, its own journal.
    static func check(
        _ server: ServerFound, _ settings: ServerSettings?, besides configuration: String?, isFolderNamed: Bool
    ) -> [HealthCheck] {
        if let report = server.report, !isFolderNamed {
            guard let status = report.server.journal else { return [.ok("journal", "the server keeps none")] }
            return worst([ofServer(status), file(status.file)].compactMap(\.self))
        }
        guard let folder = server.state.folder else { return [] }
        var path = "\(folder)/\(Journal.fileName)"
        if let settings, !isFolderNamed {
            guard let journal = settings.journal else { return [.ok("journal", "`server.journal` turns it off")] }
            if let named = journal.file { path = NamedFiles.path(named, besides: configuration ?? "") }
        }
        return [file(path) ?? .ok("journal", "\(path) does not exist yet; serve creates it")]
    }

    /// What a server says of its journal; `nil` if all is well.
    private static func ofServer(_ status: JournalStatus) -> HealthCheck? {
        switch status.state {
        case .unusable(let error, since: _):
            return .failure("journal", error, do: "calls are answered and not recorded until a restart")
        case .retrying(let error, since: _):
            return .failure("journal", error, do: "calls are answered; what waits is written once it can be")
        case .writing: break
        }
        if status.dropped > 0 {
            return .warning(
                "journal", "\(CountText.words(status.dropped, "change")) dropped since the start, too much waited",
                do: "see how fast and how full the disk of \(status.file) is")
        }
        guard status.lagMilliseconds < slow else {
            return .warning(
                "journal", "\(status.file) lags \(status.lagMilliseconds) ms",
                do: "see how busy its disk is, and which program keeps the file locked")
        }
        return nil
    }

    /// The file; `nil` where there is none.
    private static func file(_ path: String) -> HealthCheck? {
        guard let identity = FileIdentity(path) else {
            if errno == EACCES { return .skipped("journal", "this user may not look at \(path)") }
            guard errno == ENOENT else {
                return .failure("journal", "\(path): \(String(cString: strerror(errno)))", do: "calls are not recorded")
            }
            return nil
        }
        guard identity.isRegularFile else {
            return .failure("journal", "\(path) is not a regular file", do: "move it away")
        }
        guard identity.permissions & 0o077 == 0 else {
            return .failure(
                "journal", "other users can open \(path) (mode 0\(String(identity.permissions, radix: 8)))",
                do: "chmod 600 \(path)")
        }
        if identity.owner != geteuid(), access(path, R_OK) != 0 {
            return .skipped("journal", "\(path) belongs to another user")
        }
        guard access(path, W_OK) == 0, access(Folder.parent(of: path), W_OK | X_OK) == 0 else {
            return .failure(
                "journal", "\(path) cannot be written: \(String(cString: strerror(errno)))",
                do: "calls are answered and not recorded until it can")
        }
        do throws(JournalProblem) {
            let calls = try JournalReader(path).facts().calls
            return setAside(path) ?? .ok("journal", "\(path) has \(CountText.words(calls, "call"))")
        } catch {
            switch error {
            case .newer:
                return .failure(
                    "journal", "\(path) is from a later version of switchboard",
                    do: "install that version, or move the file away and restart")
            case .damaged:
                return .failure(
                    "journal", error.description, do: "the next start keeps it under another name and begins a new one")
            case .earlier:
                return .ok("journal", "\(path) is from an earlier version; the next start brings it up to date")
            case .foreign where FileIdentity.size(of: path) == 0:
                return .ok("journal", "\(path) is empty; the next start fills it")
            case .foreign:
                return .failure("journal", error.description, do: "set server.journal to a file of its own")
            case .vanished, .inUse, .locked, .full, .readOnly, .folder, .other:
                return .warning("journal", error.description, do: "run `switchboard journal check`")
            }
        }
    }

    private static func setAside(_ path: String) -> HealthCheck? {
        let folder = Folder.parent(of: path)
        let prefix = path.split(separator: "/").last.map { "\($0).damaged-" } ?? ""
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            return .warning(
                "journal", "cannot list \(folder): \(NamedFiles.words(for: error))", do: "chmod 700 \(folder)")
        }
        let count = names.count { $0.hasPrefix(prefix) && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
        guard count > 0 else { return nil }
        return .warning(
            "journal", "\(folder) has \(CountText.words(count, "damaged journal")) set aside",
            do: "keep what you need of them, then remove them")
    }

    /// The first failure, or warning, or else the last finding.
    private static func worst(_ checks: [HealthCheck]) -> [HealthCheck] {
        let found =
            checks.first { $0.outcome == .failure } ?? checks.first { $0.outcome == .warning } ?? checks.last
        return [found].compactMap(\.self)
    }
}
