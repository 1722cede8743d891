// SPDX-License-Identifier: Apache-2.0

/// Where the desk keeps its overrides (XDG Base Directory Specification: state).
enum StateFolder {
    /// Returns the folder that was named, else the one of this user.
    static func find(named: String?, environment: [String: String]) throws -> String {
        if let named {
            guard !named.isEmpty else { throw CommandFailure(.usage, "--state takes a folder") }
            return NamedFiles.absolute(named)
        }
        // The specification has a relative path ignored.
        if let home = environment["XDG_STATE_HOME"], home.hasPrefix("/") { return home + "/switchboard" }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw CommandFailure(
                .failure,
                "There is no folder to keep overrides in: neither XDG_STATE_HOME nor HOME is set. Name one with --state DIR."
            )
        }
        return home + "/.local/state/switchboard"
    }
}
