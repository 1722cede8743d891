// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Whether calls are answered by the rules file as it is on disk.
package struct RulesFileStatus: Hashable, Sendable {
    /// Why the file on disk is not in use, or not all of it; `nil` while it is.
    package var problem: Problem?
    /// What answers calls instead.
    package var inUse: InUse
    /// What a restart would do, found out when the file was refused; `nil` while no file was.
    package var restart: Restart?

    package init(problem: Problem?, inUse: InUse, restart: Restart? = nil) {
        self.problem = problem
        self.inUse = inUse
        self.restart = restart
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

    /// What a server would do that starts with the file as it is.
    package enum Restart: Hashable, Sendable {
        /// It would use the rules in use.
        case same
        /// It would use other rules, the last good ones, which were read from their file then.
        case lastGood(Instant)
        /// It would use the file on disk.
        case file
        case fileWithoutContacts
        case fileWithoutHolidays
        /// It would exit, for this reason.
        case fails(String)
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
        let after = restart.map { $0.words(clock) } ?? ""
        let rules =
            switch inUse {
            case .file: "in use"
            case .previous: "still using the previous rules\(after)"
            case .lastGood(let readAt): "using the last good rules, of \(clock(readAt))\(after)"
            case .withoutContacts where restart == nil: "calls are answered without these contacts"
            case .withoutHolidays where restart == nil: "calls are answered without these holidays"
            case .withoutContacts: "still using the previous rules, without some contacts\(after)"
            case .withoutHolidays: "still using the previous rules, without some holidays\(after)"
            }
        return "\(problem.summary) since \(clock(problem.since)); \(rules); first: \(problem.message)"
    }

    /// The same where there is little room: what must be known before the next start.
    package var shortWords: String? {
        guard let problem else { return nil }
        let count = CountText.words(problem.errors, "error")
        switch restart {
        case .fails: return "\(problem.place): \(count), restart fails"
        case .fileWithoutContacts: return "\(problem.place): restart loses contacts"
        case .fileWithoutHolidays: return "\(problem.place): restart loses holidays"
        case .lastGood: return "\(problem.place): restart uses older rules"
        case nil, .same, .file: break
        }
        let rules =
            switch inUse {
            case .file: "in use"
            case .previous: "previous rules"
            case .lastGood: "last good rules"
            case .withoutContacts: "no contacts"
            case .withoutHolidays: "no holidays"
            }
        return "\(problem.place): \(count), \(rules)"
    }
}

extension RulesFileStatus.Problem {
    /// The file and the line: `switchboard.yaml:12`.
    fileprivate var place: String {
        let name = file.split(separator: "/").last ?? "rules file"
        return line.map { "\(name):\($0)" } ?? "\(name)"
    }

    /// Where it is and how many there are: `switchboard.yaml:12: 3 errors`.
    fileprivate var summary: String { "\(place): \(CountText.words(errors, "error"))" }
}

extension RulesFileStatus.Restart {
    /// As it follows the rules in use.
    fileprivate func words(_ clock: (Instant) -> String) -> String {
        switch self {
        case .same: ", as a restart would"
        case .lastGood(let readAt): "; a restart would use older rules, of \(clock(readAt))"
        case .file: "; a restart would use this file"
        case .fileWithoutContacts: "; a restart would use this file without these contacts"
        case .fileWithoutHolidays: "; a restart would use this file without these holidays"
        case .fails(let reason): "; a restart would fail: \(reason)"
        }
    }
}
