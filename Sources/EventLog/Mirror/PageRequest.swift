// SPDX-License-Identifier: Apache-2.0

/// A page of calls that a mirror wants next.
package struct PageRequest: Hashable, Sendable {
    /// The page ends before this call; `nil` wants the newest calls.
    package let before: UInt64?
    /// Which run of the server it is asked of, so that an answer of the run before is known.
    let run: Int
    /// Which pass over the calls it belongs to, so that an answer from before a loss is known.
    let pass: Int
}
