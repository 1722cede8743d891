// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// Reads `4s`, `500ms` or `1.5s`; `nil` for anything else.
    init?(writtenAs text: String) {
        let number = text.prefix { $0.isASCII && ($0.isWholeNumber || $0 == ".") }
        guard let amount = Double(number), amount < 1_000_000 else { return nil }
        switch text.dropFirst(number.count).drop(while: { $0 == " " }) {
        case "s": self = .milliseconds((amount * 1000).rounded())
        case "ms": self = .milliseconds(amount)
        default: return nil
        }
    }
}
