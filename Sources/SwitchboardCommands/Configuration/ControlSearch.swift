// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import StateFiles

/// Where a command looks for the control socket of the running server, from any shell: that of cron, su and sudo has
/// another environment than that of the server.
struct ControlSearch {
    /// What the search knows about the machine.
    struct Machine {
        var environment: [String: String]
        var user: UInt32
        /// The home folder of a user, by the user's number.
        var home: (UInt32) -> String?
        /// The users that have a runtime folder.
        var users: () -> [UInt32]
        var holder: (String) -> StateHolder?
        var state: (String) -> SocketState
    }

    /// The places in order, and what was found there.
    struct Result {
        var places: [String] = []
        /// Those of the environment.
        var usual: Set<String> = []
        /// Where a server listens.
        var listening: [String] = []
        /// Where one may listen that we may not talk to.
        var denied: [String] = []
        /// Servers that run but whose sockets nobody listens at, by the note in their state folders.
        var unreachable: [(folder: String, holder: StateHolder)] = []
        /// The state folders with a note of their server.
        var holders: [(folder: String, holder: StateHolder)] = []

        /// Places where no socket can be, such as a path that is too long.
        var unusable: Set<String> = []

        /// The socket to use: where a server listens, where one may, or the usual place.
        var best: String? {
            listening.first ?? denied.first ?? places.first { !unusable.contains($0) } ?? places.first
        }

        /// The state folder of the server at a socket, by the note in it.
        func stateFolder(of socket: String) -> String? {
            let named = holders.filter { $0.holder.socket == socket }
            return (named.first(where: \.holder.isRunning) ?? named.first)?.folder
        }
    }

    /// Where the unit of `service/` keeps what it keeps.
    static let system = (state: "/var/lib/switchboard", socket: "/run/switchboard/switchboard.sock")

    let machine: Machine

    /// Looks in every place.
    func run() -> Result {
        var result = Result()
        func add(_ path: String) {
            guard !result.places.contains(path) else { return }
            result.places.append(path)
            switch machine.state(path) {
            case .listening: result.listening.append(path)
            case .notAllowed: result.denied.append(path)
            case .unusable: result.unusable.insert(path)
            case .silent, .absent: break
            }
        }
        for folder in runtimeFolders { add(folder + "/switchboard.sock") }
        result.usual = Set(result.places)
        for folder in stateFolders + strangeStateFolders + [Self.system.state] {
            let holder = machine.holder(folder)
            if let holder { result.holders.append((folder, holder)) }
            if let socket = holder?.socket { add(socket) }
            if folder != Self.system.state { add(folder + "/switchboard.sock") }
            if stateFolders.contains(folder) { result.usual.formUnion(result.places) }
            if let holder, holder.isRunning, let socket = holder.socket, !result.listening.contains(socket) {
                result.unreachable.append((folder, holder))
            }
        }
        if let invoker { add(Self.runtimeFolder(of: invoker) + "/switchboard.sock") }
        add(Self.system.socket)
        if machine.user == 0 { for user in machine.users() { add(Self.runtimeFolder(of: user) + "/switchboard.sock") } }
        return result
    }

    /// The user who ran sudo.
    private var invoker: UInt32? {
        machine.user == 0 ? machine.environment["SUDO_UID"].flatMap { UInt32($0) } : nil
    }

    private var runtimeFolders: [String] {
        // The specification requires relative paths to be ignored.
        let named = machine.environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return [named].compactMap(\.self) + [Self.runtimeFolder(of: machine.user)]
    }

    private static func runtimeFolder(of user: UInt32) -> String { "/run/user/\(user)" }

    private var stateFolders: [String] {
        let named = machine.environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/switchboard" : nil }
        let home = machine.environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? machine.home(machine.user)
        return [named].compactMap(\.self) + [home].compactMap(\.self).map(Self.stateFolder)
    }

    /// Those of the user who ran sudo.
    private var strangeStateFolders: [String] {
        [invoker.flatMap(machine.home)].compactMap(\.self).map(Self.stateFolder)
    }

    private static func stateFolder(in home: String) -> String { home + "/.local/state/switchboard" }
}

extension ControlSearch {
    /// Looks on this machine.
    static func here() -> Result {
        ControlSearch(
            machine: Machine(
                environment: ProcessInfo.processInfo.environment, user: geteuid(),
                home: { user in getpwuid(user).map { String(cString: $0.pointee.pw_dir) } },
                users: usersWithRuntimeFolders,
                holder: StateHolder.read, state: SocketFile.state)
        ).run()
    }
}

extension ControlSearch {
    /// The users that are logged in; none on a machine that makes no runtime folders.
    private static func usersWithRuntimeFolders() -> [UInt32] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "/run/user").compactMap { UInt32($0) }.sorted()
        } catch {
            return []
        }
    }
}

extension ControlSearch.Result {
    /// What the user should know about the choice; `nil` for the usual place.
    var note: String? {
        guard let used = listening.first else { return nil }
        let others = listening.dropFirst()
        guard others.isEmpty else {
            return
                "Note: using the server at \(used); others listen at \(others.joined(separator: ", ")). Choose one with "
                + "--socket."
        }
        return usual.contains(used) ? nil : "Note: using the server at \(used)."
    }

    /// Why no server was found, and what to do.
    var failure: String {
        let gone = unreachable.map { folder, holder in
            "Process \(holder.process) runs with the state folder \(folder), but its control socket "
                + "\(holder.socket ?? "") is gone; it makes the socket again as soon as it can."
        }
        guard gone.isEmpty else { return gone.joined(separator: "\n") }
        return "No server listens at \(Self.list(places)). Start one with `switchboard serve`, or name its socket with "
            + "--socket."
    }

    private static func list(_ places: [String]) -> String {
        guard places.count > 1, let last = places.last else { return places.first ?? "any socket" }
        return places.dropLast().joined(separator: ", ") + " or " + last
    }
}
