// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a process that answers asks of the system for itself.
enum ProcessLimits {
    /// Whatever the server creates is for its owner only, and a file that may not grow any more is an error, not the end.
    static func set() {
        umask(0o077)
        signal(SIGXFSZ, SIG_IGN)
    }
}
