// SPDX-License-Identifier: Apache-2.0

/// What came of asking the contact sources for a caller, source by source.
package struct ContactLookup: Hashable, Sendable {
    /// The contact of the first source that knew the caller.
    package let contact: Contact?
    /// One for each source that was considered, in the order of the file.
    package let reports: [Report]

    package init(contact: Contact?, reports: [Report]) {
        self.contact = contact
        self.reports = reports
    }

    /// Nobody was asked, and nobody is known.
    package static let nobody = ContactLookup(contact: nil, reports: [])

    /// What one source said.
    package struct Report: Hashable, Sendable {
        /// The source for people, such as `contacts.csv`.
        package let source: String
        package let outcome: Outcome

        package init(source: String, outcome: Outcome) {
            self.source = source
            self.outcome = outcome
        }
    }

    /// How a source answered; not to know somebody and to fail are different things.
    package enum Outcome: Hashable, Sendable {
        case found
        case unknown
        /// The answer did not come in time.
        case timedOut
        /// It failed several times in a row and was not asked.
        case skipped
        /// The words say what went wrong, for people.
        case failed(String)
    }
}

extension ContactLookup.Report: CustomStringConvertible {
    package var description: String {
        switch outcome {
        case .found: "\(source) knows the caller"
        case .unknown: "\(source) does not know the caller"
        case .timedOut: "\(source) timed out"
        case .skipped: "\(source) was not asked: it failed several times in a row and rests for a while"
        case .failed(let problem): "\(source) failed: \(problem)"
        }
    }
}
