// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The path of the rules file.
enum ConfigurationPath {
    /// Returns the given file, else the first of the default places that exists.
    static func find(named: String?, environment: [String: String]) throws -> String {
        if let named { return HomeFolder.expand(named) }
        if let path = environment["SWITCHBOARD_CONFIG"], !path.isEmpty { return HomeFolder.expand(path) }
        let usual = ["switchboard.yaml", configurationHome(environment) + "/switchboard/switchboard.yaml"]
        if let found = usual.first(where: FileManager.default.fileExists(atPath:)) { return found }
        throw CommandFailure(
            .failure,
            """
            No rules file: --config and SWITCHBOARD_CONFIG are not set, and neither \
            \(usual.joined(separator: " nor ")) exists.
            Run `switchboard init` to write a commented starter here.
            """)
    }

    static func configurationHome(_ environment: [String: String]) -> String {
        if let home = environment["XDG_CONFIG_HOME"], home.hasPrefix("/") { return home }
        return (environment["HOME"] ?? "") + "/.config"
    }
}

/// Where a server listens for commands.
enum ControlPath {
    /// Returns the given path alone, else `$XDG_RUNTIME_DIR/switchboard.sock` and one in the state folder: the first that
    /// can be used.
    static func places(named: String?, stateFolder: String, environment: [String: String]) -> [String] {
        if let named { return [NamedFiles.absolute(named)] }
        // The specification requires relative paths to be ignored.
        let runtime = environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return [runtime, stateFolder].compactMap(\.self).map { $0 + "/switchboard.sock" }
    }
}

/// The folder for the overrides (XDG Base Directory Specification: state).
enum StatePath {
    /// Returns the given folder, else the one of this user.
    static func find(named: String?, environment: [String: String]) throws -> String {
        if let named {
            guard !named.isEmpty else { throw CommandFailure(.usage, "--state: the folder is empty") }
            return NamedFiles.absolute(named)
        }
        // The specification requires relative paths to be ignored.
        if let home = environment["XDG_STATE_HOME"], home.hasPrefix("/") { return home + "/switchboard" }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw CommandFailure(
                .failure,
                "No folder for the overrides: neither XDG_STATE_HOME nor HOME is set. Name one with --state DIR."
            )
        }
        return home + "/.local/state/switchboard"
    }
}
