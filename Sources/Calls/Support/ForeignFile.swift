// SPDX-License-Identifier: Apache-2.0

/// Files that people have where a text file in UTF-8 is expected.
package enum ForeignFile: Equatable, Sendable {
    /// What spreadsheets and some editors call "Unicode".
    case utf16
    case workbook
    case vCard
    case webPage
    case pdf

    /// Recognizes a file by its first bytes; `nil` for one that may be a text.
    package init?(of bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || Self.hasZeros(bytes) {
            self = .utf16
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .workbook
        } else {
            let start = String(decoding: bytes.prefix(64), as: UTF8.self).drop { $0 == "\u{FEFF}" }.trimmed.lowercased()
            switch start {
            case _ where start.hasPrefix("begin:vcard"): self = .vCard
            case _ where start.hasPrefix("<!doctype html") || start.hasPrefix("<html"): self = .webPage
            case _ where start.hasPrefix("%pdf-"): self = .pdf
            default: return nil
            }
        }
    }

    /// Whether many of the first bytes are zero, as in UTF-16 without a mark.
    private static func hasZeros(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0x50, 0x4B]) || bytes.first == 0xD0 { return false }
        let start = bytes.prefix(64)
        return start.count >= 4 && start.count { $0 == 0 } * 3 >= start.count
    }

    /// What the file is, for people.
    package var words: String {
        switch self {
        case .utf16: "UTF-16"
        case .workbook: "a spreadsheet's own format"
        case .vCard: "a vCard file"
        case .webPage: "a web page"
        case .pdf: "a PDF file"
        }
    }
}
