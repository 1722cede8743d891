// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides
import Synchronization

/// The rules that a server answers with from a moment on, for the journal.
package struct UsedRules: Sendable {
    /// The revision, as the tag of an answer has it.
    package let revision: String
    /// From when on they are in use.
    package let at: Instant
    /// The overrides in force then.
    package let overrides: [Override]
    /// The rules file, and then the files that it names.
    package private(set) var files: [File]

    package init(revision: String, at: Instant, overrides: [Override], files: [File]) {
        self.revision = revision
        self.at = at
        self.overrides = overrides
        self.files = files
    }

    /// A file as it was read.
    package struct File: Sendable {
        /// The absolute path.
        package let path: String
        package let role: Role
        /// How many bytes it had.
        package let size: Int
        /// `nil` where they are no longer in memory.
        package fileprivate(set) var bytes: [UInt8]?

        package init(path: String, role: Role, bytes: [UInt8]) {
            self.path = path
            self.role = role
            size = bytes.count
            self.bytes = bytes
        }
    }

    /// What a file is for; the raw value is in the journal.
    package enum Role: String, Sendable {
        case rules
        /// A list, holidays, or a part of the rules.
        case named
        /// A table of people: other columns than that of the number belong to them too.
        case contacts
    }

    /// The same without the bytes of the files.
    var withoutBytes: UsedRules {
        var rules = self
        for index in rules.files.indices { rules.files[index].bytes = nil }
        return rules
    }

    /// How many bytes wait in memory.
    var weight: Int { files.reduce(0) { $0 + ($1.bytes?.count ?? 0) } }
}

/// The rules that wait for the disk; of many, the older ones lose the bytes of their files.
struct UsedRulesQueue {
    private(set) var waiting: [UsedRules] = []
    /// The newest of all, without the bytes of its files, for a file that begins later.
    private(set) var newest: UsedRules?

    private static let most = 100
    private static let mostBytes = 64 << 20

    var isEmpty: Bool { waiting.isEmpty }

    mutating func add(_ rules: UsedRules) {
        newest = rules.withoutBytes
        waiting.append(rules)
        trim()
    }

    mutating func take() -> [UsedRules] {
        defer { waiting = [] }
        return waiting
    }

    /// Puts rules back that could not be written.
    mutating func putBack(_ rules: [UsedRules]) {
        waiting = rules + waiting
        trim()
    }

    private mutating func trim() {
        if waiting.count > Self.most { waiting.removeFirst(waiting.count - Self.most) }
        var weight = 0
        for index in waiting.indices.reversed() {
            weight += waiting[index].weight
            if weight > Self.mostBytes { waiting[index] = waiting[index].withoutBytes }
        }
    }
}

extension Journal {
    /// Notes the rules that calls are answered with from now on; they are written in the background.
    package func note(_ rules: UsedRules) {
        state.withLock { $0.rules.add(options.files ? rules : rules.withoutBytes) }
        wakeWriter.raise()
    }
}
