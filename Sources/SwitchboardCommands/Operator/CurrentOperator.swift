// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Foundation

/// Who runs this program, and from where.
enum CurrentOperator {
    static func of(_ environment: [String: String]) -> Operator {
        let names = [environment["SUDO_USER"], environment["USER"], environment["LOGNAME"], account]
        return Operator(
            user: names.compactMap(\.self).first { !$0.isEmpty } ?? "operator", terminal: terminal,
            host: ProcessInfo.processInfo.hostName)
    }

    /// The name of the account, where the environment does not tell.
    private static var account: String? {
        getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) }
    }

    /// The terminal's name without `/dev/`.
    private static var terminal: String? {
        guard let name = ttyname(STDIN_FILENO) else { return nil }
        let path = String(cString: name)
        return path.hasPrefix("/dev/") ? String(path.dropFirst(5)) : path
    }
}
