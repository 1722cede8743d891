// SPDX-License-Identifier: Apache-2.0

/// Why a CSV file cannot be used.
package enum ContactTableError: Error, Equatable {
    case notUTF8(file: String)
    case notCSV(file: String)
    case noNumberColumn(file: String, header: [String])
}

extension ContactTableError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notUTF8(let file): "\(file) is not UTF-8: save it as UTF-8"
        case .notCSV(let file): "\(file) is no CSV: is a quotation mark left open?"
        case .noNumberColumn(let file, let header):
            "\(file) has no column `number` in its first line, which is: \(header.joined(separator: ", "))"
        }
    }
}
