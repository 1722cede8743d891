// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A file of calls to be written.
package struct ExportOrder: Hashable, Sendable {
    package let path: String
    package let format: ExportFormat
    package let calls: ExportedCalls
    /// Whether a file that exists is replaced.
    package let overwriting: Bool
    /// Whether telephone numbers are masked.
    package let masked: Bool

    package init(
        to path: String, calls: ExportedCalls = .all, overwriting: Bool, masked: Bool
    ) {
        self.path = path
        format = ExportFormat(path: path)
        self.calls = calls
        self.overwriting = overwriting
        self.masked = masked
    }
}

/// Which calls an export has.
package enum ExportedCalls: Hashable, Sendable {
    case all
    case marked
    /// These, by their places in the log, ascending.
    case these([UInt64])
}
