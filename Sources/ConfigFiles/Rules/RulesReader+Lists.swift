// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads `in: blocklist.txt`, a file with one number a line; what follows a # is a remark.
    mutating func readListFile(_ node: YAMLNode) -> Condition? {
        guard let path = findings.text(node, of: "`in`") else { return nil }
        switch files(path) {
        case .unreadable(let problem):
            findings.error("`\(path)` cannot be read: \(problem)", at: node.position)
            return nil
        case .bytes(let bytes): return .member(Caller(), .list(file: path, readList(bytes, path, at: node.position)))
        }
    }

    private mutating func readList(_ bytes: [UInt8], _ path: String, at position: SourcePosition) -> Set<PhoneNumber> {
        var numbers: Set<PhoneNumber> = []
        let lines = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let spelling = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
            guard !spelling.isEmpty else { continue }
            if let number = plan.number(spelled: spelling, country: country) {
                numbers.insert(number)
            } else {
                findings.error("line \(index + 1) of `\(path)` is no number that can be read", at: position)
            }
        }
        return numbers
    }
}
