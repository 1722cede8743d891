// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Expands `~` at the start of a path, where no shell has done it.
enum HomeFolder {
    /// `~/x` and `~` with the home folder of this user, `~name/x` with that of another; everything else as it is.
    static func expand(_ path: String) -> String {
        guard path.first == "~" else { return path }
        let name = path.dropFirst().prefix { $0 != "/" }
        let rest = path.dropFirst(name.count + 1)
        guard let home = name.isEmpty ? own : folder(of: String(name)) else { return path }
        return (home == "/" && rest.hasPrefix("/") ? "" : home) + rest
    }

    private static var own: String? {
        if let home = ProcessInfo.processInfo.environment["HOME"], home.hasPrefix("/") { return home }
        return getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) }
    }

    private static func folder(of user: String) -> String? {
        getpwnam(user).map { String(cString: $0.pointee.pw_dir) }
    }
}
