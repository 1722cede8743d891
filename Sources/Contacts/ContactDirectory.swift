// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Looks callers up in the sources of the rules file, in order; the first source that knows the caller ends the search.
package final class ContactDirectory: Sendable {
    /// A source of contacts.
    package enum Source: Sendable {
        /// Answers at once.
        case local(any LocalContacts)
        /// Answers asynchronously.
        case remote(RemoteSource)
    }

    private let sources: [Source]

    package init(sources: [Source]) {
        self.sources = sources
    }

    /// Asks local sources, and remote ones for cached answers; `nil` if one has to be waited for.
    ///
    /// `now` is a tick: nanoseconds since some fixed moment.
    package func look(up number: PhoneNumber, at now: UInt64) -> ContactLookup? {
        var reports: [ContactLookup.Report] = []
        for source in sources {
            guard let answer = source.answerAtOnce(for: number, at: now) else { return nil }
            if let lookup = Self.append(source, answer, &reports) { return lookup }
        }
        return ContactLookup(contact: nil, reports: reports)
    }

    /// Asks all sources, and waits until the deadline at most.
    ///
    /// A source that does not know the caller, is too late or fails falls through to the next.
    package func look(up number: PhoneNumber, within budget: Deadline) async -> ContactLookup {
        var reports: [ContactLookup.Report] = []
        for source in sources {
            let answer =
                switch source {
                case .local(let contacts): contacts.contact(for: number)
                case .remote(let remote): await remote.answer(for: number, within: budget)
                }
            if let lookup = Self.append(source, answer, &reports) { return lookup }
        }
        return ContactLookup(contact: nil, reports: reports)
    }

    private static func append(
        _ source: Source, _ answer: ContactAnswer, _ reports: inout [ContactLookup.Report]
    ) -> ContactLookup? {
        reports.append(.init(source: source.name, outcome: answer.outcome))
        guard case .found(let contact) = answer else { return nil }
        return ContactLookup(contact: contact, reports: reports)
    }
}

extension ContactDirectory.Source {
    fileprivate var name: String {
        switch self {
        case .local(let contacts): contacts.name
        case .remote(let remote): remote.name
        }
    }

    fileprivate func answerAtOnce(for number: PhoneNumber, at now: UInt64) -> ContactAnswer? {
        switch self {
        case .local(let contacts): contacts.contact(for: number)
        case .remote(let remote): remote.answerAtOnce(for: number, at: now)
        }
    }
}

/// A source of contacts that answers at once, from memory.
package protocol LocalContacts: Sendable {
    /// The name for messages, such as `contacts.csv`.
    var name: String { get }

    func contact(for number: PhoneNumber) -> ContactAnswer
}
