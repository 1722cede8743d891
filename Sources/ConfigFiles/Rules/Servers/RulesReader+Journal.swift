// SPDX-License-Identifier: Apache-2.0

/// The record of calls on disk.
extension RulesReader {
    static let journalKeys = KeyTable<JournalSettings>([
        "file": { reader, entry, journal in journal.file = reader.findings.text(entry.value, of: "`file`") },
        "days": { reader, entry, journal in
            journal.days = reader.findings.whole(entry.value, of: "`days`", in: 1...36_500) ?? journal.days
        },
        "calls": { reader, entry, journal in
            journal.calls = reader.findings.whole(entry.value, of: "`calls`", in: 1...1_000_000_000) ?? journal.calls
        },
        "bytes": { reader, entry, journal in
            journal.bytes = reader.readBytes(entry.value, of: "`bytes`") ?? journal.bytes
        },
        "bodies": { reader, entry, journal in
            journal.bodies = reader.findings.flag(entry.value, of: "`bodies`") ?? journal.bodies
        },
        "transcripts": { reader, entry, journal in
            journal.transcripts = reader.findings.flag(entry.value, of: "`transcripts`") ?? journal.transcripts
        },
        "files": { reader, entry, journal in
            journal.files = reader.findings.flag(entry.value, of: "`files`") ?? journal.files
        },
    ])

    /// Reads `journal`: whether there is one, or what it keeps.
    mutating func readJournal(_ node: YAMLNode) -> JournalSettings? {
        if case .bool(let isKept) = YAMLScalar(node) { return isKept ? JournalSettings() : nil }
        var settings = JournalSettings()
        guard node.entries != nil else {
            findings.error(
                .wrongType,
                "`journal` must be true, false or a mapping such as { days: 30 }, found \(node.described)",
                at: node.position)
            return settings
        }
        read(node, of: "`journal`", Self.journalKeys, into: &settings)
        return settings
    }
}
