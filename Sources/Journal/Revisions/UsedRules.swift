// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
package import Overrides
import Synchronization

/// The rules that a server answers with from a moment on, for the journal.
package struct UsedRules: Sendable {
    /// The revision, as the tag of an answer has it.
    package let revision: String
    /// From when on they are in use.
    package let at: Instant
    /// The overrides in force then, or later.
    package private(set) var overrides: [Override]
    /// Those on callers, at the same time.
    package private(set) var callers: CallerOverrides
    /// When they were in force.
    private(set) var overridesAt: Instant
    /// Whether they are written over those of before, since events between are lost.
    private(set) var isCorrection = false
    /// The rules file, and then the files that it names.
    package private(set) var files: [File]

    package init(
        revision: String, at: Instant, overrides: [Override], callers: CallerOverrides = CallerOverrides(),
        files: [File]
    ) {
        self.revision = revision
        self.at = at
        self.overrides = overrides
        self.callers = callers
        overridesAt = at
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

    /// The same without the bytes of files that are too large to be kept.
    var withoutLargeFiles: UsedRules {
        var rules = self
        for index in rules.files.indices where rules.files[index].size > RevisionRows.largestFile {
            rules.files[index].bytes = nil
        }
        return rules
    }

    /// The same without a number, as forgetting leaves those that are written.
    func without(_ forgotten: ForgottenNumber) -> UsedRules {
        let spellings = NumberSpellings(of: forgotten.number)
        var rules = self
        for (index, file) in files.enumerated() {
            guard let bytes = file.bytes else { continue }
            let (text, found) = spellings.blanking(bytes)
            guard found > 0 else { continue }
            rules.files[index].bytes = file.role == .contacts ? nil : text
        }
        rules.overrides = overrides.map { $0.mapTexts(forgotten.removed(from:)) }
        rules.callers = CallerOverrides(callers.all.filter { $0.caller != forgotten.number })
        return rules
    }

    /// The same without the bytes of the files.
    var withoutBytes: UsedRules {
        var rules = self
        for index in rules.files.indices { rules.files[index].bytes = nil }
        return rules
    }

    /// The same with what was done at the desk since.
    func after(_ event: DeskEvent) -> UsedRules {
        guard !event.audit.isEmpty, event.at >= overridesAt else { return self }
        var rules = self
        rules.overrides = overrides.applying(event.audit)
        rules.callers = callers.applying(event.audit)
        rules.overridesAt = event.at
        return rules
    }

    /// The same for a journal that lacks what happened since.
    var correction: UsedRules { correction(self) }

    /// The same files with the overrides of a newer version.
    func correction(_ newer: UsedRules) -> UsedRules {
        var rules = self
        (rules.overrides, rules.callers) = (newer.overrides, newer.callers)
        (rules.overridesAt, rules.isCorrection) = (newer.overridesAt, true)
        return rules
    }

    /// How many bytes wait in memory.
    var weight: Int { files.reduce(0) { $0 + ($1.bytes?.count ?? 0) } }
}

/// The rules that wait for the disk; of many, the older ones lose the bytes of their files.
struct UsedRulesQueue {
    private(set) var waiting: [UsedRules] = []
    /// The newest of all with the overrides of now: for a journal that begins later, which needs its files too.
    private var newest: UsedRules?
    /// The files that are too large, as far as they were reported.
    private var tooLarge: Set<String> = []

    private static let most = 100
    private static let mostBytes = 64 << 20

    mutating func add(_ rules: UsedRules) {
        newest = rules.withoutLargeFiles
        waiting.append(rules)
        trim()
    }

    /// Notes what was done at the desk.
    mutating func note(_ event: DeskEvent) { newest = newest?.after(event) }

    /// Removes a number from what waits, and from what a journal that begins later gets.
    mutating func forget(_ forgotten: ForgottenNumber) {
        newest = newest?.without(forgotten)
        waiting = waiting.map { $0.without(forgotten) }
    }

    /// Writes the rules with the overrides of now again, since a new journal began, or events were lost.
    mutating func correct() {
        guard let newest else { return }
        guard let last = waiting.last, last.at == newest.at, last.revision == newest.revision else {
            return waiting.append(newest.correction)
        }
        waiting[waiting.count - 1] = last.correction(newest)
    }

    /// Which files are too large, and were not before.
    mutating func noteTooLarge(_ files: [UsedRules.File]) -> [UsedRules.File] {
        let large = files.filter { $0.size > RevisionRows.largestFile }
        defer { tooLarge = Set(large.map(\.path)) }
        return large.filter { !tooLarge.contains($0.path) }
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
        let large = state.withLock { state in
            state.rules.add(options.files ? rules : rules.withoutBytes)
            return options.files ? state.rules.noteTooLarge(rules.files) : []
        }
        wakeWriter.raise()
        for file in large {
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            report(
                News(
                    words: "The journal names \(name) and does not keep it: it has more than "
                        + "\(RevisionRows.largestFile >> 20) MiB", isAlert: false))
        }
    }
}
