// SPDX-License-Identifier: Apache-2.0

import Foundation
import WebhookServer

/// What a process that answers asks of the system for itself.
enum ProcessLimits {
    /// Whatever the server creates is for its owner only, a file that may not grow any more is an error, not the end, and
    /// there may be as many files and connections as the system allows.
    static func set() {
        umask(0o077)
        signal(SIGXFSZ, SIG_IGN)
        var files = openFiles
        files.rlim_cur = files.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    }

    /// How many connections of callers there may be, so that files and the control socket have theirs.
    static var connections: Int { min(ServerLimits.usualConnections, Int(clamping: openFiles.rlim_cur) / 2) }

    private static var openFiles: rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit
    }
}
