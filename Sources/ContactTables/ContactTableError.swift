// SPDX-License-Identifier: Apache-2.0

/// Why a CSV file cannot be used.
package enum ContactTableError: Error, Equatable {
    case notUTF8(file: String)
    case notCSV(file: String)
    case noNumberColumn(file: String)
}

extension ContactTableError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notUTF8(let file): "\(file) is not UTF-8: save it as UTF-8"
        case .notCSV(let file): "\(file) is no CSV: is a quotation mark left open?"
        // The first line is not quoted: where it is no header, it is somebody's name and number.
        case .noNumberColumn(let file):
            "\(file) has no column `number`: its first line must name the columns, such as number,name,tier"
        }
    }
}
