// SPDX-License-Identifier: Apache-2.0

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

/// What a file of calls is written as: the ending of its name says it.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
    case jsonLines = "jsonl"
    case csv
    case markdown = "md"

    /// JSON Lines, unless the name ends in another format.
    package init(path: String) {
        let ending = path.lowercased().split(separator: ".").last.map(String.init) ?? ""
        self = Self(rawValue: ending) ?? .jsonLines
    }

    var words: String {
        switch self {
        case .jsonLines: "JSON Lines"
        case .csv: "CSV"
        case .markdown: "Markdown"
        }
    }
}
