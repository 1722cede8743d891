// SPDX-License-Identifier: Apache-2.0

/// How the program ends; scripts rely on the numbers (design, section 2).
enum ExitReason: Int32, Sendable {
    case success = 0
    /// The thing that was asked for failed.
    case failure = 1
    case usage = 2
    case addressTaken = 69
    /// A defect of ours.
    case defect = 70
    /// The terminal went away.
    case hungUp = 129
    case interrupted = 130
    case quit = 131
    case terminated = 143
}
