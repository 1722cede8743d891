// SPDX-License-Identifier: Apache-2.0

/// Why a database of contacts cannot be used.
package struct ContactDatabaseError: Error, Equatable {
    /// The file, as the rules file names it.
    package let file: String
    /// What is wrong, for people.
    package let problem: String

    package init(file: String, problem: String) {
        self.file = file
        self.problem = problem
    }
}

extension ContactDatabaseError: CustomStringConvertible {
    package var description: String { "\(file): \(problem)" }
}
