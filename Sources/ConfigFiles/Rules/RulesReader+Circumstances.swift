// SPDX-License-Identifier: Apache-2.0

import Calls
import DryRuns
import JSON
import Overrides

extension RulesReader {
    /// The facts of a case, while they are read.
    struct Circumstances {
        /// What the contact sources know; `nil` where they are asked.
        fileprivate(set) var contact: ContactLookup?
        fileprivate var earlier: [EarlierDraft] = []
        /// The live calls of the line, and of its group.
        fileprivate var liveOnLine = 0
        fileprivate var liveInGroup: Int?
        /// The reply of each upstream server that is asked.
        fileprivate(set) var reply = UpstreamReply.failed(.notAsked)
        fileprivate var overrides: [OverrideDraft] = []

        var live: LiveCallCounts { LiveCallCounts(onLine: liveOnLine, inGroup: max(liveOnLine, liveInGroup ?? 0)) }

        /// When the caller called this line before, newest first.
        func earlierCalls(before at: Instant) -> [Instant] {
            earlier.flatMap { draft -> [Instant] in
                switch draft {
                case .moment(let moment): return [moment]
                case .spread(let count, let seconds):
                    let step = Int64(seconds) * 1_000_000 / Int64(count + 1)
                    return (1...max(1, count)).map { Instant(microseconds: at.microseconds - Int64($0) * step) }
                }
            }.sorted(by: >)
        }

        /// The overrides, each set a second after the one before it.
        func overrides(at now: Instant) -> [Override]? {
            guard !overrides.isEmpty else { return nil }
            return overrides.enumerated().compactMap { index, draft in
                draft.kind.map { kind in
                    Override(
                        id: index + 1, kind: kind, scope: draft.scope, reason: draft.reason,
                        who: Operator(user: "operator"), since: now.advanced(bySeconds: Int64(index - overrides.count)),
                        until: draft.until)
                }
            }
        }
    }

    /// One item of `earlier_calls`.
    fileprivate enum EarlierDraft {
        case moment(Instant)
        /// This many calls, spread evenly over the seconds before the call.
        case spread(count: Int, withinSeconds: Int)
    }

    static let circumstanceKeys = KeyTable<Circumstances>([
        "contact": { reader, entry, facts in facts.contact = reader.readCaseContact(entry.value) },
        "earlier_calls": { reader, entry, facts in
            facts.earlier = entry.value.oneOrMore.compactMap { reader.readEarlierCalls($0) }
        },
        "live_on_line": { reader, entry, facts in
            facts.liveOnLine = reader.readLiveCalls(entry) ?? 0
        },
        "live_in_group": { reader, entry, facts in facts.liveInGroup = reader.readLiveCalls(entry) },
        "overrides": { reader, entry, facts in
            facts.overrides = entry.value.oneOrMore.compactMap { reader.readOverride($0) }
        },
        "reply": { reader, entry, facts in facts.reply = reader.readReply(entry.value) },
    ])

    /// Reads what the contact sources know of the caller: attributes, or how they fail.
    private mutating func readCaseContact(_ node: YAMLNode) -> ContactLookup? {
        switch node.scalarText {
        case "unknown": return .nobody
        case "unavailable": return .unavailable
        case .some:
            findings.error(
                .unknownWord,
                "`contact` must be the attributes of the contact, `unknown` or `unavailable`, found "
                    + node.described, at: node.position)
            return nil
        case nil: break
        }
        var attributes: [String: String] = [:]
        for entry in findings.mapping(node, of: "`contact`") ?? [] {
            contactUses.note(entry.key, at: entry.keyPosition)
            attributes[entry.key] = readAttributeValue(entry.value, of: entry.key)
        }
        return ContactLookup(contact: attributes.isEmpty ? nil : Contact(attributes: attributes), reports: [])
    }

    /// Several earlier calls, while they are read.
    struct SpreadDraft {
        fileprivate var count: Int?
        fileprivate var seconds: Int?
    }

    static let spreadKeys = KeyTable<SpreadDraft>([
        "count": { reader, entry, calls in
            calls.count = reader.findings.whole(entry.value, of: "`count`", in: 1...mostEarlierCalls)
        },
        "within": { reader, entry, calls in calls.seconds = reader.readSpan(entry.value) },
    ])

    /// The most earlier calls of one item.
    private static let mostEarlierCalls = 1000

    private mutating func readEarlierCalls(_ node: YAMLNode) -> EarlierDraft? {
        guard node.entries != nil else { return readMoment(node).map(EarlierDraft.moment) }
        var calls = SpreadDraft()
        guard let fields = read(node, of: "`earlier_calls`", Self.spreadKeys, into: &calls) else { return nil }
        require("count", "within", in: fields, of: "`earlier_calls`")
        guard let count = calls.count, let seconds = calls.seconds else { return nil }
        return .spread(count: count, withinSeconds: seconds)
    }

    private mutating func readLiveCalls(_ entry: YAMLNode.Entry) -> Int? {
        findings.whole(entry.value, of: "`\(entry.key)`", in: 0...1000)
    }

    /// An override of a case, while it is read.
    struct OverrideDraft {
        fileprivate var kind: Override.Kind?
        fileprivate var scope = Scope.all
        fileprivate var reason = ""
        fileprivate var until: Instant?
    }

    static let overrideKeys = KeyTable<OverrideDraft>([
        "closed": { reader, entry, draft in
            draft.kind = reader.findings.text(entry.value, of: "`closed`").map { .closed(says: $0) }
        },
        "inform": { reader, entry, draft in
            draft.kind = reader.findings.text(entry.value, of: "`inform`").map { .inform(says: $0) }
        },
        "open": { reader, entry, draft in
            guard let isOpen = reader.findings.flag(entry.value, of: "`open`") else { return }
            if isOpen { return draft.kind = .forcedOpen }
            reader.findings.error(
                .unknownWord, "`open` can only be true; leave the override out where there is none",
                at: entry.value.position)
        },
        "greeting": { reader, entry, draft in
            draft.kind = reader.findings.text(entry.value, of: "`greeting`").map { .greeting($0) }
        },
        "group": { reader, entry, draft in
            draft.scope = reader.readGroup(entry.value).map(Scope.group) ?? draft.scope
        },
        "line": { reader, entry, draft in
            draft.scope = reader.readLineNumber(entry.value).map(Scope.line) ?? draft.scope
        },
        "reason": { reader, entry, draft in
            draft.reason = reader.findings.text(entry.value, of: "`reason`") ?? ""
        },
        "until": { reader, entry, draft in draft.until = reader.readMoment(entry.value) },
    ])

    private mutating func readOverride(_ node: YAMLNode) -> OverrideDraft? {
        var draft = OverrideDraft()
        guard let fields = read(node, of: "an override", Self.overrideKeys, into: &draft) else { return nil }
        let kinds = fields.entries.filter { ["closed", "inform", "open", "greeting"].contains($0.key) }
        if kinds.isEmpty {
            findings.error(
                .missingKey, "an override needs `closed`, `inform`, `open` or `greeting`", at: node.position)
        }
        if let second = kinds.dropFirst().first {
            findings.error(
                .conflictingKeys, "`\(second.key)` cannot be combined with `\(kinds[0].key)` in one override",
                at: second.keyPosition)
        }
        if fields["line"] != nil, let group = fields.entry("group") {
            findings.error(.conflictingKeys, "`group` cannot be combined with `line`", at: group.keyPosition)
        }
        return draft
    }

    /// Reads the reply of an upstream server: JSON as a mapping, or how it fails.
    private mutating func readReply(_ node: YAMLNode) -> UpstreamReply {
        switch node.scalarText {
        case nil: return .answered(readJSON(node).bytes)
        case "timed out": return .failed(.timedOut)
        case "unreachable": return .failed(.unreachable("no connection"))
        case "no content": return .noContent
        case .some:
            findings.error(
                .unknownWord,
                "`reply` must be the server's JSON as a mapping, `no content`, `timed out` or `unreachable`, found "
                    + node.described, at: node.position)
            return .failed(.notAsked)
        }
    }
}
