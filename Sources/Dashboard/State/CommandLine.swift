// SPDX-License-Identifier: Apache-2.0

/// A command that is being typed behind a colon.
struct CommandLine: Hashable, Sendable {
    var field = TextField()

    /// The words that begin as what is typed does.
    func completions(among words: [String]) -> [String] {
        words.filter { $0.hasPrefix(field.trimmed) }.sorted()
    }

    /// Writes as much as all completions have in common.
    mutating func complete(among words: [String]) {
        let completions = completions(among: words)
        guard let first = completions.first, let last = completions.last else { return }
        // In order, the first and the last differ the earliest.
        field = TextField(String(zip(first, last).prefix { $0 == $1 }.map(\.0)))
    }
}
