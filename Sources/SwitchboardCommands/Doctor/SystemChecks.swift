// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Foundation

/// What the system allows: watching files, descriptors, the terminal.
enum SystemChecks {
    static func check(watching path: String?, environment: [String: String], holder: Int?) -> [HealthCheck] {
        [watch(path)] + descriptors(of: holder) + [terminal(environment)]
    }

    private static func watch(_ path: String?) -> HealthCheck {
        let name = "watch"
        let slow = "changed files are noticed late, or after `switchboard reload`"
        let instance = inotify_init1(Int32(IN_CLOEXEC))
        guard instance >= 0 else {
            return .warning(
                name, "no inotify instance is left (\(limit("max_user_instances"))); \(slow)",
                do: "sysctl fs.inotify.max_user_instances=1024")
        }
        defer { close(instance) }
        let folder = path.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path } ?? "."
        guard inotify_add_watch(instance, folder, UInt32(IN_MODIFY)) >= 0 || errno != ENOSPC else {
            return .warning(
                name, "no inotify watch is left (\(limit("max_user_watches"))); \(slow)",
                do: "sysctl fs.inotify.max_user_watches=524288")
        }
        return .ok(name, "changed files are noticed")
    }

    private static func limit(_ name: String) -> String {
        let text = FileManager.default.contents(atPath: "/proc/sys/fs/inotify/\(name)")
        let number = text.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
        return "\(name) = \(number ?? "unknown")"
    }

    /// Fewer than this and callers at the same time are turned away.
    private static let fewDescriptors: UInt64 = 1024
    private static let fewestDescriptors: UInt64 = 64

    private static func descriptors(of server: Int?) -> [HealthCheck] {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        var most = UInt64(limit.rlim_max)
        var whose = "this shell allows"
        if let server, let of = Self.limit(of: server) { (most, whose) = (of, "the server has") }
        let words = "\(whose) \(most > 1 << 40 ? "any number of" : "\(most)") open files"
        let advice = "raise `ulimit -Hn`, or LimitNOFILE= of the service, to 4096 or more"
        let check: HealthCheck =
            if most < fewestDescriptors {
                .failure("descriptors", words, do: advice)
            } else if most < fewDescriptors {
                .warning("descriptors", words, do: advice)
            } else {
                .ok("descriptors", words)
            }
        guard let server, let used = used(by: server), UInt64(used) * 5 > most * 4 else { return [check] }
        return [.warning("descriptors", "\(words), and uses \(used) of them", do: advice)]
    }

    /// How many descriptors another process has; `nil` if it may not be seen, as that of another user.
    private static func used(by process: Int) -> Int? {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
        } catch {
            return nil
        }
    }

    /// The limit of another process, from the system's table; `nil` if it may not be read.
    private static func limit(of process: Int) -> UInt64? {
        guard let table = FileManager.default.contents(atPath: "/proc/\(process)/limits") else { return nil }
        let row = String(decoding: table, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Max open files") }
        return row?.split(separator: " ").compactMap { UInt64($0) }.first
    }

    private static func terminal(_ environment: [String: String]) -> HealthCheck {
        let name = "terminal"
        guard let terminal = [STDOUT_FILENO, STDIN_FILENO, STDERR_FILENO].first(where: { isatty($0) == 1 }) else {
            return .skipped(name, "no terminal here")
        }
        let term = environment["TERM"] ?? ""
        guard let used = TerminalName(term, isKnown: { TerminalSession.problem(of: $0) == nil }) else {
            let problem = TerminalSession.problem(of: term)?.description ?? "TERM is not set"
            return .failure(name, "no dashboard here", do: problem)
        }
        if let note = used.note {
            return .warning(name, note, do: "install the description of the terminal (Debian: ncurses-term)")
        }
        var size = winsize()
        if ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_col < 50 || size.ws_row < 10 {
            return .warning(
                name, "\(size.ws_col)x\(size.ws_row) is too small for the dashboard",
                do: "make the window at least 50x10")
        }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let isUnicode = locale.lowercased().replacingOccurrences(of: "-", with: "").contains("utf8")
        guard isUnicode else {
            return .warning(
                name, "the locale is \(locale.isEmpty ? "not set" : locale): the dashboard shows ASCII signs",
                do: "set LANG to a UTF-8 locale, such as C.UTF-8")
        }
        return .ok(name, "TERM=\(term), \(size.ws_col)x\(size.ws_row), UTF-8")
    }
}
