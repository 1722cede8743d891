// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Contacts
import Foundation
import Journal
import OutboundHTTP
import Rules

/// The contact files of rules that a server used; databases and servers cannot be asked about the past.
struct PastContacts: Sendable {
    private let directory: ContactDirectory

    /// `nil` where not all that the rules asked is in the journal.
    init?(_ kept: KeptRevision) {
        guard let rules = kept.files.first, let bytes = rules.bytes else { return nil }
        let contents = kept.files.dropFirst().reduce(into: [String: [UInt8]]()) { $0[$1.path] = $1.bytes }
        let source = ConfigurationSource(path: rules.path, bytes: bytes, only: contents)
        guard let file = source.outcome.file, !file.contacts.isEmpty else { return nil }
        let areFiles = file.contacts.allSatisfy { contact in
            contact.kind.table.map { contents[NamedFiles.path($0, besides: rules.path)] != nil } ?? false
        }
        guard areFiles else { return nil }
        let opening = ContactSources(
            configuration: rules.path, read: source.read, country: file.country,
            numbers: ConfigurationSource.numbers, http: OutboundHTTP(), environment: [:]
        ).open(file.contacts, isJoined: file.contactsAreJoined)
        guard !opening.hasErrors else { return nil }
        directory = opening.directory
    }

    /// What the files say of the caller of a call.
    func contact(of call: AssistantRequest) -> ContactLookup? {
        call.caller.number.flatMap { directory.look(up: $0, on: call.called.number, at: 0) }
    }
}
