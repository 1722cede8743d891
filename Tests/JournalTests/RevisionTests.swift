// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import Journal
import Overrides
import TestSupport
import Testing
import WireFormat

/// The rules that a server used, in its journal.
@Suite struct RevisionTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
    }

    private static let limits = JournalLimits(days: 30, calls: 100_000, bytes: 1 << 30)

    private static func rules(
        _ revision: String, at second: Int64, overrides: [Override] = [], callers: [CallerOverride] = [],
        text: String? = nil, _ files: [UsedRules.File] = []
    ) -> UsedRules {
        let rules = UsedRules.File(path: "/etc/sb/rules.yaml", role: .rules, bytes: Array((text ?? revision).utf8))
        return UsedRules(
            revision: revision, at: Instant.sample.advanced(bySeconds: second), overrides: overrides,
            callers: CallerOverrides(callers), files: [rules] + files)
    }

    private static func file(
        _ name: String, _ text: String, _ role: UsedRules.Role = .named
    ) -> UsedRules.File { UsedRules.File(path: "/etc/sb/\(name)", role: role, bytes: Array(text.utf8)) }

    /// Writes rules in a session of their own.
    private func write(
        _ rules: [UsedRules], limits: JournalLimits = limits, files: Bool = true, calls: [CallSample] = [],
        events: [DeskEvent] = [], at now: Instant = .sample,
        until isDone: (JournalReader) throws -> Bool = { _ in true }
    ) throws {
        let session = bench.session(limits: limits, at: now, files: files)
        for used in rules { session.journal.note(used) }
        session.journal.start()
        session.record(calls)
        for event in events { session.log.record(event) }
        try waitUntil { try isDone(JournalReader(bench.path)) }
        session.end()
    }

    private func revision(at second: Int64) throws -> KeptRevision? {
        try JournalReader(bench.path).revision(at: Instant.sample.advanced(bySeconds: second))
    }

    private func contents(_ revision: KeptRevision?) -> [String?] {
        (revision?.files ?? []).map { $0.bytes.map { String(decoding: $0, as: UTF8.self) } }
    }

    @Test func eachIsFoundByItsTimeWithItsFiles() throws {
        let list = Self.file("vip.txt", "+31612345678")
        try write([Self.rules("a", at: 0, [list]), Self.rules("b", at: 60, [list])])
        try write([Self.rules("a", at: 121)], at: Instant.sample.advanced(bySeconds: 120))
        // The first rules of a session are used from its start.
        #expect(try revision(at: 119)?.revision == "b")
        #expect(try revision(at: 120)?.revision == "a")
        #expect(try revision(at: -1) == nil)
        #expect(try revision(at: 0)?.revision == "a")
        #expect(try revision(at: 59)?.revision == "a")
        #expect(try revision(at: 60)?.revision == "b")
        #expect(try contents(revision(at: 60)) == ["b", "+31612345678"])
        #expect(try revision(at: 60)?.files.map(\.role) == [.rules, .named])
        #expect(try contents(revision(at: 1000)) == ["a"])
        #expect(try JournalReader(bench.path).revisionTimes().count == 3)
        // Each content is there once.
        #expect(try bench.count("content") == 3)
    }

    @Test func withoutFilesOnlyTheirNamesAreKept() throws {
        try write([Self.rules("a", at: 0, [Self.file("people.csv", "Jan", .contacts)])], files: false)
        let kept = try revision(at: 0)
        #expect(kept?.revision == "a")
        #expect(kept?.files.map(\.path) == ["/etc/sb/rules.yaml", "/etc/sb/people.csv"])
        #expect(kept?.files.map(\.size) == [1, 3])
        #expect(contents(kept) == [nil, nil])
        #expect(try bench.count("content") == 0)
    }

    @Test func theOldestContentsGoWhenTheyAreTooLarge() throws {
        let large = String(repeating: "x", count: 100_000)
        let limits = JournalLimits(days: 30, calls: 1000, bytes: 1 << 20)
        let rules = (0..<5).map { number in
            Self.rules("r\(number)", at: Int64(number), [Self.file("l.txt", "\(number)" + large)])
        }
        try write(
            rules + [Self.rules("last", at: 9, [Self.file("l.txt", String(repeating: "y", count: 300_000))])],
            limits: limits)
        #expect(try revision(at: 2)?.files.map { $0.bytes != nil } == [false, false])
        #expect(try revision(at: 2)?.files.map(\.size) == [2, 100_001])
        #expect(try revision(at: 4)?.files.map { $0.bytes != nil } == [true, true])
        // One file that takes more than all may is only named.
        #expect(try revision(at: 9)?.files.map { $0.bytes != nil } == [true, false])
    }

    @Test func theyGoWithTheLastCallOfTheirTime() throws {
        let day: Int64 = 86_400
        let rules = [Self.rules("a", at: 0), Self.rules("b", at: 40 * day), Self.rules("c", at: 50 * day)]
        let call = CallSample("x", at: Double(45 * day)).rejected()
        try write(rules, calls: [call], at: Instant.sample.advanced(bySeconds: 60 * day)) {
            try $0.revisionTimes().count == 2
        }
        #expect(try revision(at: 10 * day) == nil)
        #expect(try contents(revision(at: 45 * day)) == ["b"])
        #expect(try contents(revision(at: 60 * day)) == ["c"])
        #expect(try bench.count("content") == 2)
        #expect(try bench.count("revision_file") == 2)
    }

    @Test func whatEventsLeftInForceStaysWhenTheyGo() throws {
        let day: Int64 = 86_400
        let closed = Override.sample(1, since: Instant.sample)
        let begun = DeskEvent(
            audited: AuditEntry(
                number: 1, at: Instant.sample.advanced(bySeconds: 1), who: nil, event: .begun, override: closed,
                old: nil))
        try write([Self.rules("a", at: 0)], events: [begun])
        let now = Instant.sample.advanced(bySeconds: 60 * day)
        try write([], calls: [CallSample("x", at: Double(59 * day)).rejected()], at: now) {
            try $0.deskEvents(atMost: 1).isEmpty
        }
        let reader = try JournalReader(bench.path)
        #expect(try reader.deskEvents(atMost: 10).isEmpty)
        let kept = try revision(at: 59 * day)
        #expect(kept?.overrides == [closed])
        #expect(kept?.overridesAt == Instant.sample.advanced(bySeconds: 1))
    }

    private static func block(_ caller: PhoneNumber, id: Int) -> CallerOverride {
        CallerOverride(
            id: id, kind: .blocked(says: "No."), caller: caller, reason: "", who: Operator(user: "anna"),
            since: .sample, until: nil)
    }

    @Test func whoWasBlockedIsKeptUntilNobodyCanAsk() throws {
        let day: Int64 = 86_400
        let (first, second) = (Self.block("+31612345678", id: 1), Self.block("+4930123456", id: 2))
        let begun = DeskEvent(
            audited: AuditEntry(
                number: 1, at: Instant.sample.advanced(bySeconds: 1), who: nil,
                content: .caller(.begun, second, old: nil)))
        try write([Self.rules("a", at: 0, callers: [first])], events: [begun])
        #expect(try revision(at: 0)?.callers.all == [first])
        #expect(try JournalReader(bench.path).deskEvents(atMost: 9).map(\.audit) == [begun.audit])
        let now = Instant.sample.advanced(bySeconds: 60 * day)
        try write([], calls: [CallSample("x", at: Double(59 * day)).rejected()], at: now) {
            try $0.deskEvents(atMost: 1).isEmpty
        }
        #expect(try revision(at: 59 * day)?.callers.all == [first, second])
    }

    @Test func aJournalThatBeginsAgainKnowsTheOverridesOfNow() throws {
        let closed = Override.sample(1, since: .sample)
        let session = bench.session()
        session.journal.note(Self.rules("a", at: 0))
        session.journal.start()
        let begun = AuditEntry(number: 1, at: .sample, who: nil, event: .begun, override: closed, old: nil)
        session.log.record(DeskEvent(audited: begun))
        waitUntil { session.journal.status.written > 0 }
        try FileManager.default.removeItem(atPath: bench.path)
        session.record([CallSample("x", at: 5).rejected()])
        waitUntil { session.journal.status.written >= 2 }
        session.end()
        let kept = try revision(at: 10)
        #expect(kept?.revision == "a")
        #expect(kept?.overrides == [closed])
        #expect(contents(kept) == ["a"])
    }

    @Test func aJournalThatBeginsAgainHasTheFilesWithoutWhoWasForgotten() throws {
        let session = bench.session()
        session.journal.note(
            Self.rules(
                "a", at: 0, callers: [Self.block("+31612345678", id: 1)], text: "rules",
                [
                    Self.file("vip.txt", "+31612345678 +4930123456"),
                    Self.file("people.csv", "Jan,0612345678", .contacts),
                ]))
        session.journal.start()
        #expect(session.journal.forget(ForgottenNumber("+31612345678", name: "forgotten-x"), within: 20) != nil)
        try FileManager.default.removeItem(atPath: bench.path)
        session.record([CallSample("x", at: 5).rejected()])
        waitUntil { session.journal.status.written >= 1 }
        session.end()
        let kept = try revision(at: 10)
        #expect(contents(kept) == ["rules", "+31000000000 +4930123456", nil])
        #expect(kept?.callers.all == [])
    }

    @Test func aFileThatIsTooLargeIsSaidOnce() throws {
        let session = bench.session()
        let large = UsedRules.File(
            path: "/etc/sb/people.csv", role: .contacts, bytes: Array(repeating: 0x20, count: 17 << 20))
        session.journal.note(Self.rules("a", at: 0, [large]))
        session.journal.note(Self.rules("b", at: 1, [large]))
        session.journal.start()
        session.end()
        #expect(
            bench.news.next()?.words == "The journal names people.csv and does not keep it: it has more than 16 MiB")
        #expect(bench.news.count == 0)
        #expect(try revision(at: 1)?.files.map { $0.bytes != nil } == [true, false])
    }

    private static let lookups: [Row<ContactLookup?, ContactLookup?>] = [
        Row("not asked", nil, nil), Row("nobody", .nobody, .nobody),
        Row(
            "known", ContactLookup(contact: Contact(attributes: ["name": "Jan", "tier": "vip"]), reports: []),
            ContactLookup(contact: Contact(attributes: ["name": "Jan", "tier": "vip"]), reports: [])),
        Row(
            "a source failed",
            ContactLookup(contact: nil, reports: [.init(source: "crm", outcome: .timedOut)], isJoined: true),
            ContactLookup(
                contact: nil, reports: [.init(source: "crm", outcome: .failed("as recorded"))], isJoined: true)),
    ]

    private func write(_ lookup: ContactLookup?, keeping contents: KeptContents) {
        let answered = CallSample("a").answered
        let decision = Decision(
            id: "d-1", by: .rule("vip"), kind: .greeting, lineName: nil, isTagged: true,
            reasoning: RecordedReasoning(words: "Hi", steps: [], lookups: [], contact: lookup))
        let session = bench.session(contents: contents)
        session.journal.start()
        _ = session.log.record(
            Answered(
                request: answered.request, body: answered.body, decision: decision, reply: answered.reply,
                receivedAt: answered.receivedAt, microseconds: 1))
        session.end()
    }

    @Test(arguments: lookups)
    func whatWasKnownOfTheContactIsKept(row: Row<ContactLookup?, ContactLookup?>) throws {
        write(row.input, keeping: KeptContents(bodies: true, transcripts: false))
        #expect(try bench.written().first?.answered?.contact == row.expected)
    }

    @Test func withoutContactsNothingOfThemIsKept() throws {
        write(Self.lookups[2].input, keeping: KeptContents(bodies: true, transcripts: false, contacts: false))
        #expect(try bench.written().first?.answered?.contact == nil)
        #expect(try !bench.bytes().contains("tier"))
    }

    @Test func sessionsSayUntilWhenTheyAreKnown() throws {
        try write([], calls: [CallSample("x", at: 5).rejected()])
        let second = bench.session(at: Instant.sample.advanced(bySeconds: 100))
        second.journal.start()
        second.record([CallSample("y", at: 130).rejected()])
        second.end()
        let sessions = try JournalReader(bench.path).sessions()
        #expect(sessions.map { $0.startedAt.microseconds(since: .sample) / 1_000_000 } == [0, 100])
        #expect(sessions.map { $0.knownUntil.microseconds(since: .sample) / 1_000_000 } == [5, 130])
    }

    @Test(arguments: [
        "+31612345678", "0031612345678", "06-12345678", "06 12 34 56 78", "(06) 1234 5678", "612345678",
    ])
    func noByteOfAForgottenNumberStays(spelling: String) throws {
        let people = "name;phone\nJan UNSPEAKABLE;\(spelling)\n"
        let closed = Override.sample(1, since: .sample, reason: "call \(spelling)")
        try write([
            Self.rules(
                "a", at: 0, overrides: [closed],
                callers: [Self.block("+31612345678", id: 2), Self.block("+4930123456", id: 3)],
                text: "callers: [\"\(spelling)\", +31687654321]",
                [Self.file("people.csv", people, .contacts), Self.file("vip.txt", "\(spelling)\n+31687654321")])
        ])
        let digits = String(spelling.filter(\.isNumber).suffix(8))
        #expect(try bench.bytes().filter { !" -()".contains($0) }.contains(digits))
        _ = try JournalTools.forget(ForgottenNumber("+31612345678", name: "forgotten-0"), in: bench.path)
        #expect(try !bench.bytes().filter { !" -()".contains($0) }.contains(digits))
        #expect(try !bench.bytes().contains("UNSPEAKABLE"))
        let kept = try revision(at: 0)
        #expect(kept?.files.map { $0.bytes != nil } == [true, false, true])
        #expect(contents(kept)[2]?.hasSuffix("+31687654321") == true)
        #expect(kept?.overrides.first?.kind == closed.kind)
        #expect(kept?.callers.all.map(\.caller) == ["+4930123456"])
    }
}

extension Override {
    fileprivate static func sample(_ id: Int, since: Instant, reason: String = "flood") -> Override {
        Override(
            id: id, kind: .closed(says: "We are closed."), scope: .all, reason: reason, who: Operator(user: "anna"),
            since: since, until: nil)
    }
}
