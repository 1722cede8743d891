// SPDX-License-Identifier: Apache-2.0

/// How much of the session stays in memory; the oldest calls go first.
package struct Retention: Hashable, Sendable {
    package let calls: Int
    /// About how many bytes the kept calls may take together.
    package let bytes: Int

    package init(calls: Int, bytes: Int) {
        precondition(calls > 0 && bytes > 0, "a log keeps at least one call")
        self.calls = calls
        self.bytes = bytes
    }
}
