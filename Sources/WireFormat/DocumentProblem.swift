// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a document, and where in it.
package struct DocumentProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The way to the value, such as `overrides[2].until`; empty for the whole document.
    package let place: String
    /// What is wrong, such as `must be a text`.
    package let problem: String

    package init(at place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    package var description: String { place.isEmpty ? problem : "\(place) \(problem)" }
}
