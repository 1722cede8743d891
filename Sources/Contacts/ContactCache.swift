// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule

/// Recent answers of a remote source; the oldest are evicted when there are too many, or too many bytes.
///
/// Times are ticks: nanoseconds since some fixed moment, never set back.
package struct ContactCache: Sendable {
    private struct Entry {
        /// `nil` if the source did not know the caller.
        let contact: Contact?
        let storedAt: UInt64
    }

    private let lifetime: UInt64
    private let mostNumbers: Int
    private let mostBytes: Int
    private var entries: [ContactQuery: Entry] = [:]
    /// The queries in the order in which they were stored, each once.
    private var order: Deque<ContactQuery> = []
    private var bytes = 0

    /// Creates an empty cache; with a lifetime of zero it stays empty.
    package init(lifetime: Duration, mostNumbers: Int = 10_000, mostBytes: Int = 16 << 20) {
        self.lifetime = lifetime.nanoseconds
        self.mostNumbers = mostNumbers
        self.mostBytes = mostBytes
    }

    package var count: Int { entries.count }

    /// Returns a cached answer, `found` or `unknown`, that is within its lifetime.
    package func answer(for query: ContactQuery, at now: UInt64) -> ContactAnswer? {
        guard let entry = entries[query], now < entry.storedAt + lifetime else { return nil }
        return entry.contact.map(ContactAnswer.found) ?? .unknown
    }

    /// Caches an answer; failures are not cached.
    package mutating func store(_ answer: ContactAnswer, for query: ContactQuery, at now: UInt64) {
        guard lifetime > 0 else { return }
        switch answer {
        case .found(let contact): store(contact, for: query, at: now)
        case .unknown: store(nil, for: query, at: now)
        case .timedOut, .skipped, .busy, .exhausted, .failed: break
        }
    }

    private mutating func store(_ contact: Contact?, for query: ContactQuery, at now: UInt64) {
        let old = entries.updateValue(Entry(contact: contact, storedAt: now), forKey: query)
        if let old { bytes -= Self.bytes(of: old.contact) } else { order.append(query) }
        bytes += Self.bytes(of: contact)
        while entries.count > mostNumbers || bytes > mostBytes, let oldest = order.popFirst() {
            bytes -= Self.bytes(of: entries.removeValue(forKey: oldest)?.contact)
        }
    }

    private static func bytes(of contact: Contact?) -> Int {
        contact?.attributes.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count } ?? 0
    }
}
