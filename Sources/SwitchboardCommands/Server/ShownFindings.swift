// SPDX-License-Identifier: Apache-2.0

import ConfigFiles

/// The warnings that were shown already, so that a reload shows only what is new.
///
/// A warning is the same wherever it moved to in the file, and with other numbers in its words: dates come nearer, and
/// lines are added above.
struct ShownFindings {
    private var shown: [Diagnostic]

    init(_ shown: [Diagnostic]) {
        self.shown = shown.filter { $0.severity == .warning }
    }

    /// What a reload shows.
    struct News {
        /// Errors, and the warnings that are new.
        let findings: [Diagnostic]
        /// How many warnings were shown before and are still there.
        let remaining: Int
        /// How many warnings are gone.
        let gone: Int
    }

    /// Compares the findings of a file with those shown before, and notes them.
    ///
    /// A file with errors may not have been read to its end, so that nothing counts as gone.
    mutating func news(in findings: [Diagnostic]) -> News {
        var known = shown
        let errors = findings.filter { $0.severity == .error }
        let warnings = findings.filter { $0.severity == .warning }
        func take(_ finding: Diagnostic, where isSame: (Diagnostic) -> Bool) -> Bool {
            guard let place = known.firstIndex(where: isSame) else { return false }
            known.remove(at: place)
            return true
        }
        let moved = warnings.filter { finding in
            !take(finding) { $0.code == finding.code && $0.file == finding.file && $0.message == finding.message }
        }
        let new = moved.filter { finding in
            !take(finding) { $0.code == finding.code && $0.file == finding.file && $0.wordsAlone == finding.wordsAlone }
        }
        shown = errors.isEmpty ? warnings : warnings + known
        return News(
            findings: findings.filter { $0.severity == .error || new.contains($0) },
            remaining: warnings.count - new.count, gone: errors.isEmpty ? known.count : 0)
    }
}

extension ShownFindings.News {
    /// What is not shown again, in words; empty if there is nothing.
    var summary: [String] {
        var words: [String] = []
        if remaining > 0 {
            words.append(
                remaining == 1
                    ? "1 earlier warning remains; switchboard check shows it"
                    : "\(remaining) earlier warnings remain; switchboard check shows them")
        }
        if gone > 0 { words.append("\(gone) earlier warning\(gone == 1 ? " is" : "s are") gone") }
        return words
    }
}

extension Diagnostic {
    /// The message without its digits.
    fileprivate var wordsAlone: String { message.filter { !$0.isNumber } }
}
