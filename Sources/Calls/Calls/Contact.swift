// SPDX-License-Identifier: Apache-2.0

/// What is known about a caller: attributes by name, such as `name` and `tier`.
///
/// The texts are untrusted until they are cleaned. No attribute is blank, and none has white space at its ends.
package struct Contact: Hashable, Sendable {
    /// By name in lower case: names of attributes do not count case.
    package let attributes: [String: String]

    /// Creates a contact; a blank attribute counts as none, and of two names that differ in case the lower one counts.
    package init(attributes: [String: String]) {
        var byKey: [String: String] = [:]
        byKey.reserveCapacity(attributes.count)
        for (name, value) in attributes {
            guard let text = Self.text(value) else { continue }
            let key = Self.key(name)
            if name == key || byKey[key] == nil { byKey[key] = text }
        }
        self.attributes = byKey
    }

    /// A value without the white space at its ends; `nil` where nobody would see or hear anything of it.
    private static func text(_ value: String) -> String? {
        guard let first = value.utf8.first, let last = value.utf8.last else { return nil }
        let isPlain = { (byte: UInt8) in (0x21...0x7E).contains(byte) }
        if isPlain(first), isPlain(last) { return value }
        let text = value.trimmed
        return text.unicodeScalars.allSatisfy(isInvisible) ? nil : String(text)
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// The attribute under a name in lower case.
    package subscript(key: String) -> String? { attributes[key] }

    /// The contact with the attributes that only the other one has.
    package func filled(from other: Contact) -> Contact {
        Contact(attributes: attributes.merging(other.attributes) { mine, _ in mine })
    }

    /// A name of an attribute as contacts keep it.
    package static func key(_ name: some StringProtocol) -> String { name.lowercased() }
}

/// The result of asking the contact sources for a caller, source by source.
package struct ContactLookup: Hashable, Sendable {
    /// The contact of the first source that knew the caller, or of all that did where they are joined.
    package let contact: Contact?
    /// One for each source that was considered, in the order of the file.
    package let reports: [Report]
    /// Whether the sources are joined, so that one that failed may know more of the contact.
    private let isJoined: Bool

    package init(contact: Contact?, reports: [Report], isJoined: Bool = false) {
        self.contact = contact
        self.reports = reports
        self.isJoined = isJoined
    }

    /// Whether a source could not be asked.
    package var isIncomplete: Bool { reports.contains(where: \.isFailure) }

    /// Whether the contact may have attributes that are not here.
    package var mayLackAttributes: Bool { isJoined && isIncomplete }

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
            contact: isKnown ? Contact(attributes: attributes) : nil, reports: reports + [report],
            isJoined: isJoined || report.isFailure)
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

        /// Whether the source could not be asked.
        package var isFailure: Bool {
            switch outcome {
            case .found, .unknown: false
            case .timedOut, .skipped, .failed: true
            }
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
