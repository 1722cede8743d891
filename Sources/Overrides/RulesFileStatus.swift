// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Whether calls are answered by the rules file as it is on disk.
package struct RulesFileStatus: Hashable, Sendable {
    /// Why the file on disk is not in use, or not all of it; `nil` while it is.
    package var problem: Problem?
    /// What answers calls instead.
    package var inUse: InUse
    /// Why a restart would fail while the file has errors; `nil` if it would use the last good rules.
    package var restartFailure: String?

    package init(problem: Problem?, inUse: InUse, restartFailure: String? = nil) {
        self.problem = problem
        self.inUse = inUse
        self.restartFailure = restartFailure
    }

    /// The rules in use are those of the file.
    package static let good = RulesFileStatus(problem: nil, inUse: .file)

    /// What calls are answered by.
    package enum InUse: Hashable, Sendable {
        /// The file as it is.
        case file
        /// The file as it was before.
        case previous
        /// The last good rules, with which the server started; they were read from their file then.
        case lastGood(Instant)
        /// The file without one of its contact sources.
        case withoutContacts
        /// The file without one of its files of holidays.
        case withoutHolidays
    }

    /// The errors of a rules file, or of a file that it names.
    package struct Problem: Hashable, Sendable {
        /// At least 1.
        package let errors: Int
        /// When they were first seen.
        package let since: Instant
        /// The file of the first error, as the user named it.
        package let file: String
        /// The place of the first error, from 1; `nil` where the whole file cannot be read.
        package let line: Int?
        package let column: Int?
        /// What the first error is.
        package let message: String

        package init(errors: Int, since: Instant, file: String, line: Int?, column: Int?, message: String) {
            self.errors = errors
            self.since = since
            self.file = file
            self.line = line
            self.column = column
            self.message = message
        }

        /// The first error with its place, such as `switchboard.yaml:12:5: unknown key`.
        package var first: String {
            ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":") + ": \(message)"
        }
    }

    /// One sentence for people, as long as the file on disk is not in use; `clock` writes a time of the past.
    package func words(_ clock: (Instant) -> String) -> String? {
        guard let problem else { return nil }
        let name = problem.file.split(separator: "/").last ?? "rules file"
        let place = problem.line.map { "\(name):\($0)" } ?? "\(name)"
        let count = problem.errors == 1 ? "1 error" : "\(problem.errors) errors"
        let restart = restartFailure.map { "; a restart would fail: \($0)" } ?? ", as a restart would"
        let rules =
            switch inUse {
            case .file: "in use"
            case .previous: "still using the previous rules\(restart)"
            case .lastGood(let readAt): "using the last good rules, of \(clock(readAt))\(restart)"
            case .withoutContacts: "calls are answered without these contacts"
            case .withoutHolidays: "calls are answered without these holidays"
            }
        return "\(place): \(count) since \(clock(problem.since)); \(rules); first: \(problem.message)"
    }
}
