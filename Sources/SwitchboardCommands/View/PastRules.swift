// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Journal
import Overrides
import Rules

/// The rules that a server used, compiled again from what its journal kept.
struct PastRules: Sendable {
    /// The revision; `nil` where the journal does not know it.
    let revision: String?
    /// Its place among the revisions of the journal.
    let number: Int64?
    /// `nil` where the journal does not have the files.
    let rules: CompiledRules?
    /// The overrides in force at a moment, which later events change.
    let overrides: KeptOverrides?
    /// What is unknown, a sentence each.
    let remarks: [String]
    /// The moment that was asked for, or the one from which they were used.
    private let from: Instant
    private let answerWithinMilliseconds: Int

    init(_ kept: KeptRevision?, asked moment: Instant) {
        guard let kept else {
            self.init(nil, from: moment, remarks: ["the rules of that time are not in the record"])
            return
        }
        let overrides = KeptOverrides(lines: kept.overrides, callers: kept.callers, at: kept.overridesAt)
        guard let rules = kept.files.first, let bytes = rules.bytes else {
            self.init(
                kept, from: kept.usedAt, overrides: overrides,
                remarks: ["the record does not keep the rules file of that time"])
            return
        }
        let source = ConfigurationSource(path: rules.path, bytes: bytes, only: kept.contents)
        guard let file = source.outcome.file else {
            self.init(
                kept, from: kept.usedAt, overrides: overrides,
                remarks: ["the rules of that time cannot be read with the files that the record keeps"])
            return
        }
        self.init(kept, from: kept.usedAt, file: file, overrides: overrides, remarks: [])
    }

    /// The journal cannot be read.
    init(unreadable problem: String, asked moment: Instant) {
        self.init(nil, from: moment, remarks: [problem])
    }

    private init(
        _ kept: KeptRevision?, from: Instant, file: RulesFile? = nil, overrides: KeptOverrides? = nil,
        remarks: [String]
    ) {
        revision = kept?.revision
        number = kept?.number
        self.from = from
        rules = file.map { CompiledRules($0.rules) }
        answerWithinMilliseconds = file?.server.answerWithinMilliseconds ?? 0
        self.overrides = overrides
        self.remarks = remarks
    }

    /// Whether they are those of another moment too.
    func holds(at moment: Instant, among starts: [Instant]) -> Bool {
        starts.last { $0 <= moment } == starts.last { $0 <= from }
    }

    /// The clock of the rules; UTC where they are unknown.
    var zone: Zone { rules?.rules.zone ?? .utc }

    /// The lines and the overrides of a moment; `nil` where neither are known.
    func status(at moment: Instant, overrides kept: KeptOverrides?) -> ServerStatus? {
        guard kept != nil || rules != nil else { return nil }
        let overrides = kept?.lines.filter { $0.isInForce(at: moment) }
        let policy = rules.map { CallPolicy($0, overrides: ActiveOverrides(overrides ?? [])) }
        return ServerStatus(
            overrides: overrides ?? [],
            lines: overrides == nil ? [] : policy?.lineStatuses(at: moment) ?? [],
            server: ServerStatus.ServerInfo(
                address: "", webhookURL: "", isSigned: true, answerWithinMilliseconds: answerWithinMilliseconds),
            closingTexts: [], greetingTexts: [], undo: nil, warnings: [], timeZone: zone.name,
            bypasses: rules?.rules.bypasses(at: moment) ?? [],
            bypassRejections: rules?.rules.bypassRejections(at: moment) ?? [],
            masksNumbers: rules?.rules.masksNumbers ?? false,
            callers: kept.map { CallersStatus($0.callers, at: moment) } ?? .none)
    }
}

/// The overrides of a moment, as a record has them; some may have expired.
struct KeptOverrides: Sendable {
    let lines: [Override]
    let callers: CallerOverrides
    let at: Instant

    /// The same after what was done at the desk since.
    func applying(_ entries: [AuditEntry]) -> KeptOverrides {
        KeptOverrides(lines: lines.applying(entries), callers: callers.applying(entries), at: at)
    }

    var active: ActiveOverrides { ActiveOverrides(lines, callers: callers) }
}

extension KeptRevision {
    /// The contents of the files that the rules file names; a table of contacts changes no line, so an absent one is empty.
    fileprivate var contents: [String: [UInt8]] {
        files.dropFirst().reduce(into: [:]) { contents, file in
            if let bytes = file.bytes ?? (file.role == .contacts ? [] : nil) { contents[file.path] = bytes }
        }
    }
}
