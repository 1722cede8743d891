// SPDX-License-Identifier: Apache-2.0

package import Sharing

/// The desk that a server is a replica of: the section `shared`; a change needs a restart.
package struct SharedSettings: Hashable, Sendable {
    /// Of the engine, or of its Sentinels.
    package var addresses: [EngineAddress] = []
    /// The name under which Sentinels know the engine; `nil` if it is asked itself.
    package var master: String?
    package var user: String?
    package var password: SecretSource?
    /// The name of the desk.
    package var name: ReplicaName
    package var replica = Replica.host
    package var whenCutOff = WhenCutOff.keep
    package var onConflict = Lineage.ConflictPolicy.closed

    /// Where the name of the replica comes from.
    package enum Replica: Hashable, Sendable {
        case host
        case named(ReplicaName)
        /// An environment variable.
        case environment(String)
    }

    /// What a replica does that has heard nothing from the engine for a minute.
    package enum WhenCutOff: String, CaseIterable, Hashable, Sendable {
        /// It answers with what it last knew.
        case keep
        /// The same, and `/readyz` says that it is not ready.
        case notReady = "not-ready"
    }

    package init(name: ReplicaName) {
        self.name = name
    }
}

extension RulesReader {
    struct SharedDraft {
        var addresses: [EngineAddress] = []
        var master: String?
        var user: String?
        var password: SecretSource?
        var name: ReplicaName?
        var replica: SharedSettings.Replica?
        var whenCutOff: SharedSettings.WhenCutOff?
        var onConflict: Lineage.ConflictPolicy?
    }

    static let sharedKeys = KeyTable<SharedDraft>([
        "redis": { reader, entry, shared in
            shared.addresses = entry.value.oneOrMore.compactMap { reader.readEngine($0) }
        },
        "sentinel": { reader, entry, shared in
            shared.master = reader.findings.text(entry.value, of: "`sentinel`")
        },
        "user": { reader, entry, shared in shared.user = reader.findings.text(entry.value, of: "`user`") },
        "password": { reader, entry, shared in shared.password = reader.readSecret(entry.value) },
        "name": { reader, entry, shared in shared.name = reader.readName(entry.value, of: "`name`") },
        "replica": { reader, entry, shared in shared.replica = reader.readReplica(entry.value) },
        "when_cut_off": { reader, entry, shared in
            shared.whenCutOff = reader.readWord(entry.value, of: "`when_cut_off`")
        },
        "on_conflict": { reader, entry, shared in
            shared.onConflict = reader.readWord(entry.value, of: "`on_conflict`")
        },
    ])

    static let replicaKeys = KeyTable<SharedSettings.Replica?>([
        "env": { reader, entry, replica in
            if case .environment(let name) = reader.readVariable(entry.value) { replica = .environment(name) }
        }
    ])

    mutating func readShared(_ node: YAMLNode) -> SharedSettings? {
        var shared = SharedDraft()
        guard let fields = read(node, of: "`shared`", Self.sharedKeys, into: &shared) else { return nil }
        require("redis", in: fields, of: "`shared`")
        require("name", in: fields, of: "`shared`")
        if shared.addresses.count > 1, shared.master == nil {
            findings.error(
                .missingKey,
                "several addresses are those of Sentinels, which need the name of the engine: add `sentinel: mymaster`",
                at: fields["redis"]?.position ?? fields.position)
        }
        guard let name = shared.name, !shared.addresses.isEmpty else { return nil }
        var settings = SharedSettings(name: name)
        settings.addresses = shared.addresses
        settings.master = shared.master
        settings.user = shared.user
        settings.password = shared.password
        settings.replica = shared.replica ?? settings.replica
        settings.whenCutOff = shared.whenCutOff ?? settings.whenCutOff
        settings.onConflict = shared.onConflict ?? settings.onConflict
        return settings
    }

    private mutating func readEngine(_ node: YAMLNode) -> EngineAddress? {
        guard let text = findings.text(node, of: "`redis`") else { return nil }
        do throws(EngineAddressProblem) {
            let address = try EngineAddress(text)
            guard address.password == nil, address.user == nil else {
                findings.error(
                    .secretInFile,
                    "do not write the password into this file; add password: { env: VARIABLE } or { file: PATH }, and "
                        + "`user` where there is one",
                    at: node.position, showsSource: false)
                return nil
            }
            return address
        } catch {
            // It may have a password.
            findings.error(.invalidURL, "the URL \(error)", at: node.position, showsSource: false)
            return nil
        }
    }

    private mutating func readName(_ node: YAMLNode, of what: String) -> ReplicaName? {
        guard let text = findings.text(node, of: what) else { return nil }
        if let name = ReplicaName(text) { return name }
        findings.error(
            .wrongType,
            "\(what) must have 1 to \(ReplicaName.longest) letters, digits, dots, hyphens or underscores, found \(node.described)",
            at: node.position)
        return nil
    }

    private mutating func readReplica(_ node: YAMLNode) -> SharedSettings.Replica? {
        guard node.entries != nil else { return readName(node, of: "`replica`").map { .named($0) } }
        var replica: SharedSettings.Replica?
        read(node, of: "`replica`", Self.replicaKeys, into: &replica)
        return replica
    }

    private mutating func readWord<Word: RawRepresentable & CaseIterable>(
        _ node: YAMLNode, of what: String
    ) -> Word? where Word.RawValue == String {
        if let word = node.scalarText.flatMap({ Word(rawValue: $0) }) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: " or ")
        findings.error(.unknownWord, "\(what) must be \(words), found \(node.described)", at: node.position)
        return nil
    }
}
