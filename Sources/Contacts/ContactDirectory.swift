// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Who calls, told by the sources of the rules file in turn.
package final class ContactDirectory: Sendable {
    private let sources: [any LocalContacts]

    package init(sources: [any LocalContacts]) {
        self.sources = sources
    }

    /// Asks the sources in the order of the file; the first that knows the caller is the last that is asked.
    package func look(up number: PhoneNumber) -> ContactLookup {
        var reports: [ContactLookup.Report] = []
        for source in sources {
            switch source.contact(for: number) {
            case .found(let contact):
                reports.append(.init(source: source.name, outcome: .found))
                return ContactLookup(contact: contact, reports: reports)
            case .unknown: reports.append(.init(source: source.name, outcome: .unknown))
            case .failed(let problem): reports.append(.init(source: source.name, outcome: .failed(problem)))
            }
        }
        return ContactLookup(contact: nil, reports: reports)
    }
}
