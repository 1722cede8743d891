// SPDX-License-Identifier: Apache-2.0

/// How the program ends; scripts rely on the numbers.
enum ExitReason: Int32, CaseIterable, Sendable {
    case success = 0
    /// The command failed.
    case failure = 1
    case usage = 2
    case addressTaken = 69
    /// A defect of the program.
    case defect = 70
    /// The terminal went away.
    case hungUp = 129
    case interrupted = 130
    case quit = 131
    case terminated = 143
}

/// Ends a command with a message for people and a code for scripts.
struct CommandFailure: Error, Equatable {
    let reason: ExitReason
    /// Goes to stderr; empty if everything has been printed already.
    let message: String

    init(_ reason: ExitReason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}
