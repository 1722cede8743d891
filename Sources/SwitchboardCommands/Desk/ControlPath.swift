// SPDX-License-Identifier: Apache-2.0

/// Where the control socket is.
enum ControlPath {
    /// Returns the path that was named, else `$XDG_RUNTIME_DIR/switchboard.sock`, else one in the state folder.
    static func find(named: String?, stateFolder: String, environment: [String: String]) -> String {
        if let named { return NamedFiles.absolute(named) }
        // The specification has a relative path ignored.
        if let runtime = environment["XDG_RUNTIME_DIR"], runtime.hasPrefix("/") { return runtime + "/switchboard.sock" }
        return stateFolder + "/switchboard.sock"
    }
}
