// SPDX-License-Identifier: Apache-2.0

/// What a file of calls is written as; the raw value is the ending of its name, and the name on the command line.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
    /// One JSON object a line, complete: reading it again and exporting that gives the same bytes.
    case jsonLines = "jsonl"
    /// One row a call, as RFC 4180 has it.
    case csv
    /// A table for people.
    case markdown = "md"

    /// The format that the name of a file asks for: JSON Lines, unless it ends in another one.
    package init(path: String) {
        let ending = path.lowercased().split(separator: ".").last.map(String.init) ?? ""
        self = Self(rawValue: ending) ?? .jsonLines
    }

    package var mediaType: String {
        switch self {
        case .jsonLines: "application/jsonl"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .markdown: "text/markdown; charset=utf-8"
        }
    }

    /// Its name for people.
    package var words: String {
        switch self {
        case .jsonLines: "JSON Lines"
        case .csv: "CSV"
        case .markdown: "Markdown"
        }
    }
}
