// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Looks callers up in the sources of the rules file, in order.
///
/// The first source that knows the caller ends the search. Joined sources are all asked: later ones add what earlier ones
/// lack.
package final class ContactDirectory: Sendable {
    /// A source of contacts.
    package enum Source: Sendable {
        /// Answers at once.
        case local(any LocalContacts)
        /// Answers asynchronously.
        case remote(RemoteSource)
    }

    private let sources: [Source]
    private let isJoined: Bool

    package init(sources: [Source], isJoined: Bool = false) {
        self.sources = sources
        self.isJoined = isJoined
    }

    /// Asks local sources, and remote ones for cached answers; `nil` if one has to be waited for.
    ///
    /// `line` is the called number. `now` is a tick: nanoseconds since some fixed moment.
    package func look(up number: PhoneNumber, on line: PhoneNumber? = nil, at now: UInt64) -> ContactLookup? {
        let query = ContactQuery(number, on: line)
        var search = ContactSearch(isJoined: isJoined)
        for source in sources where !search.isOver {
            guard let answer = source.answerAtOnce(for: query, at: now) else { return nil }
            search.add(answer, of: source)
        }
        return search.lookup
    }

    /// Asks all sources, and waits until the deadline at most.
    ///
    /// A source that does not know the caller, is too late or fails falls through to the next. Joined sources are asked at
    /// the same time.
    package func look(
        up number: PhoneNumber, on line: PhoneNumber? = nil, within budget: Deadline
    ) async -> ContactLookup {
        let query = ContactQuery(number, on: line)
        var search = ContactSearch(isJoined: isJoined)
        if isJoined {
            let answers = await answersOfAll(to: query, within: budget)
            for (source, answer) in zip(sources, answers) { search.add(answer, of: source) }
        } else {
            for source in sources where !search.isOver {
                search.add(await source.answer(for: query, within: budget), of: source)
            }
        }
        return search.lookup
    }

    private func answersOfAll(to query: ContactQuery, within budget: Deadline) async -> [ContactAnswer] {
        await withTaskGroup(of: (place: Int, answer: ContactAnswer).self) { group in
            for (place, source) in sources.enumerated() {
                group.addTask { (place, await source.answer(for: query, within: budget)) }
            }
            var answers = [ContactAnswer](repeating: .timedOut, count: sources.count)
            for await (place, answer) in group { answers[place] = answer }
            return answers
        }
    }
}

/// What the sources said so far.
private struct ContactSearch {
    let isJoined: Bool
    private var contact: Contact?
    private var reports: [ContactLookup.Report] = []

    init(isJoined: Bool) {
        self.isJoined = isJoined
    }

    /// Whether no other source is asked.
    var isOver: Bool { contact != nil && !isJoined }

    var lookup: ContactLookup { ContactLookup(contact: contact, reports: reports, isJoined: isJoined) }

    mutating func add(_ answer: ContactAnswer, of source: ContactDirectory.Source) {
        reports.append(.init(source: source.name, outcome: answer.outcome))
        if case .found(let found) = answer { contact = contact?.filled(from: found) ?? found }
    }
}

extension ContactDirectory.Source {
    fileprivate var name: String {
        switch self {
        case .local(let contacts): contacts.name
        case .remote(let remote): remote.name
        }
    }

    fileprivate func answerAtOnce(for query: ContactQuery, at now: UInt64) -> ContactAnswer? {
        switch self {
        case .local(let contacts): contacts.contact(for: query.number)
        case .remote(let remote): remote.answerAtOnce(for: query, at: now)
        }
    }

    fileprivate func answer(for query: ContactQuery, within budget: Deadline) async -> ContactAnswer {
        switch self {
        case .local(let contacts): contacts.contact(for: query.number)
        case .remote(let remote): await remote.answer(for: query, within: budget)
        }
    }
}

/// A source of contacts that answers at once, from memory.
package protocol LocalContacts: Sendable {
    /// The name for messages, such as `contacts.csv`.
    var name: String { get }

    func contact(for number: PhoneNumber) -> ContactAnswer
}
