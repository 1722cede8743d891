// SPDX-License-Identifier: Apache-2.0

import Calls

/// Finds the word that was probably meant.
enum Suggestion {
    /// Returns `; did you mean "..."?` when a candidate is near, or an empty string.
    static func hint(for word: String, among candidates: some Sequence<String>) -> String {
        nearest(to: word, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
    }

    /// Returns the hint, or all candidates when none is near.
    static func words(for word: String, among candidates: [String]) -> String {
        let hint = hint(for: word, among: candidates)
        return hint.isEmpty ? "; expected \(candidates.joined(separator: ", "))" : hint
    }

    /// Returns the candidate with the fewest edits, if those are few for its length.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        NearMiss.word(nearest: word, among: candidates)
    }

    /// Returns how many letters must be added, dropped, changed or swapped with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int { NearMiss.distance(left, right) }
}
