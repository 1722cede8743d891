// SPDX-License-Identifier: Apache-2.0

/// Ends a command with a sentence for people and a code for scripts.
struct CommandFailure: Error, Equatable {
    let reason: ExitReason
    /// Goes to stderr; empty where everything is said already.
    let message: String

    init(_ reason: ExitReason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}
