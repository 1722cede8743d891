// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Dashboard
import FileWatching
import Journal
import Overrides
import Rules

/// The rules file of a running server, as it was at the start.
struct ServedRules: Sendable {
    let path: String
    /// The file's bytes; `nil` if it could not be read.
    let bytes: [UInt8]?
    let watchedFiles: Set<WatchedFile>
    /// Whether the file can be read again; false for a pipe.
    let isRepeatable: Bool
    /// The rules that it starts with.
    let file: RulesFile
    /// The contact files and sources in use.
    let contacts: ServedContacts
    let keeper: RulesKeeper
    /// Whether a restart refuses a file with errors.
    let isStrict: Bool
    /// The findings that were shown at the start.
    let shownFindings: [Diagnostic]
    /// When the rules were read that are in use and kept; `nil` if those in use are not kept.
    let keptAt: Instant?
    /// What is wrong with the file, for the operator; `nil` if nothing is.
    let warning: OperatorMessage?

    /// Notes what is wrong with the file, and keeps it if nothing is.
    ///
    /// `shown` are the findings that the operator has seen, besides those of the contacts.
    init(
        _ rules: StartingRules, contacts: ContactSources.Opening, of assembly: ServerComponents, isStrict: Bool,
        shown: [Diagnostic]
    ) {
        let now = assembly.clock.now()
        path = rules.source.path
        bytes = rules.fallback.map(\.bytes) ?? rules.source.bytes
        watchedFiles = rules.source.watchedFiles.union(rules.fallback?.watchedFiles ?? [])
            .union(rules.source.secretFiles).union(rules.source.tlsFiles)
        isRepeatable = rules.isRepeatable
        file = rules.file
        self.contacts = ServedContacts(tables: contacts.tables, kinds: rules.file.contacts.map(\.kind))
        keeper = RulesKeeper(assembly.lastGood)
        assembly.journal?.journal.note(
            UsedRules(rules.source, rules.file, at: now, overrides: assembly.overrides.policy.overrides))
        self.isStrict = isStrict
        shownFindings = shown + contacts.findings
        let inUse = rules.inUse(contacts)
        switch inUse {
        case .file, .previous:
            warning = nil
            keptAt = now
            keeper.keep(rules.source, readAt: now)
        case .lastGood(let readAt):
            keptAt = readAt
            let name = NamedFiles.name(of: path)
            warning = rules.fallback.map { fallback in
                let local = assembly.overrides.zone.local(readAt)
                let details = fallback.errors.text.split(separator: "\n").map(String.init)
                return OperatorMessage(
                    "\(name) has errors: started with its last good rules, of "
                        + "\(local.date) \(local.clock)", details: details, isAlert: true)
            }
            assembly.overrides.note(
                RulesFileStatus(problem: rules.fallback?.errors.problem(since: now), inUse: inUse, restart: .same))
        case .withoutContacts, .withoutHolidays:
            warning = nil
            keptAt = nil
            let errors = RulesErrors(contacts.findings + rules.source.outcome.findings, file: path, text: "")
            assembly.overrides.note(RulesFileStatus(problem: errors.problem(since: now), inUse: inUse))
        }
    }
}

/// The contact sources in use, to be compared with those of a reload.
struct ServedContacts: Sendable {
    var tables: [String: ContactSources.Table]
    var kinds: [ContactSource.Kind]

    /// What changed, by file.
    func changes(to new: ServedContacts) -> [RulesChange] {
        let files = Set(tables.keys).union(new.tables.keys).sorted().compactMap { file in
            RulesChange(
                file: file, was: tables[file]?.contacts, now: new.tables[file]?.contacts, of: "contact",
                isSame: tables[file] == new.tables[file])
        }
        return files + (kinds == new.kinds ? [] : [RulesChange(.other, "contacts", "other sources")])
    }
}
