// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

/// What the reply of a server that was asked for facts says of the caller.
struct LearnedFacts {
    /// `nil` where the server knows nothing.
    let contact: Contact?
    /// The server as one more contact source.
    let report: ContactLookup.Report
    /// What came of it, for people.
    let words: String

    init(_ report: UpstreamReport, from upstream: Upstream) {
        let outcome: ContactLookup.Outcome
        switch report.reply {
        case .answered(let bytes):
            contact = Self.contact(bytes)
            outcome = contact == nil ? .unknown : .found
            words = "\(report): " + (contact?.attributes.keys.sorted().joined(separator: ", ") ?? "no facts")
        case .noContent:
            contact = nil
            outcome = .unknown
            words = "\(report): no facts"
        case .failed(let failure):
            contact = nil
            outcome =
                switch failure {
                case .timedOut: .timedOut
                case .skipped: .skipped
                case .unreachable, .status, .notJSON, .tooLarge, .busy, .exhausted, .notAsked: .failed("\(failure)")
                }
            words = "\(report): the rules go on without its facts"
        }
        self.report = ContactLookup.Report(source: upstream.name, outcome: outcome)
    }

    /// `nil` for an object without any value.
    private static func contact(_ reply: [UInt8]) -> Contact? {
        guard case .object(let members) = JSONReader.read(reply) else { return nil }
        let attributes = JSONAttributes(of: members) { Contact.key($0) }
        return attributes.areEmpty ? nil : Contact(attributes: attributes.texts)
    }
}
