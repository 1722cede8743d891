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
            let attributes = JSONReader.read(bytes).map(Self.attributes) ?? [:]
            contact = attributes.isEmpty ? nil : Contact(attributes: attributes)
            outcome = attributes.isEmpty ? .unknown : .found
            words = "\(report): " + (attributes.isEmpty ? "no facts" : attributes.keys.sorted().joined(separator: ", "))
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
                case .unreachable, .status, .notJSON, .tooLarge, .busy, .notAsked: .failed("\(failure)")
                }
            words = "\(report): the rules go on without its facts"
        }
        self.report = ContactLookup.Report(source: upstream.name, outcome: outcome)
    }

    /// The most attributes that are kept of a reply.
    private static let mostAttributes = 200
    /// How deep objects are read.
    private static let deepest = 8

    /// The strings, numbers and booleans of an object; those of inner objects as `owner.name`, lists as `visits.count`.
    private static func attributes(of object: JSONValue) -> [String: String] {
        var attributes: [String: String] = [:]
        collect(object, named: "", depth: 0, into: &attributes)
        return attributes
    }

    private static func collect(
        _ value: JSONValue, named name: String, depth: Int, into attributes: inout [String: String]
    ) {
        guard attributes.count < mostAttributes else { return }
        switch value {
        case .null: break
        case .bool(let flag): attributes[name] = flag ? "true" : "false"
        case .number(let text), .string(let text): attributes[name] = text.isEmpty ? nil : text
        case .array(let items): attributes["\(name).count"] = String(items.count)
        case .object(let members):
            guard depth < deepest else { return }
            for member in members {
                collect(
                    member.value, named: name.isEmpty ? member.key : "\(name).\(member.key)", depth: depth + 1,
                    into: &attributes)
            }
        }
    }
}
