// SPDX-License-Identifier: Apache-2.0

/// What is known about a caller: attributes by name, such as `name` and `tier`.
///
/// The texts are untrusted until they are cleaned. No attribute is empty.
package struct Contact: Hashable, Sendable {
    package let attributes: [String: String]

    /// Creates a contact; an empty attribute counts as none.
    package init(attributes: [String: String]) {
        self.attributes = attributes.filter { !$0.value.isEmpty }
    }

    package subscript(name: String) -> String? { attributes[name] }
}

/// The result of asking the contact sources for a caller, source by source.
package struct ContactLookup: Hashable, Sendable {
    /// The contact of the first source that knew the caller.
    package let contact: Contact?
    /// One for each source that was considered, in the order of the file.
    package let reports: [Report]

    package init(contact: Contact?, reports: [Report]) {
        self.contact = contact
        self.reports = reports
    }

    /// No source was asked and no contact is known.
    package static let nobody = ContactLookup(contact: nil, reports: [])

    /// No source could be asked, as a case has it.
    package static let unavailable = ContactLookup(
        contact: nil, reports: [Report(source: "contacts", outcome: .failed("unavailable in this case"))])

    /// The same lookup with another source, whose attributes win over those that are known already.
    package func adding(_ more: Contact?, _ report: Report) -> ContactLookup {
        let attributes = (contact?.attributes ?? [:]).merging(more?.attributes ?? [:]) { _, new in new }
        let isKnown = contact != nil || more != nil
        return ContactLookup(
            contact: isKnown ? Contact(attributes: attributes) : nil, reports: reports + [report])
    }

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

    /// How a source answered; an unknown caller and a failure are different things.
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
        case .skipped: "\(source) was skipped after repeated failures"
        case .failed(let problem): "\(source) failed: \(problem)"
        }
    }
}
