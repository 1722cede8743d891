// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import TestSupport
import Testing

@Suite struct ContactDirectoryTests {
    private struct Source: LocalContacts {
        let name: String
        let answer: ContactAnswer

        func contact(for number: PhoneNumber) -> ContactAnswer { answer }
    }

    private static let jan = Contact(attributes: ["name": "Jan"])
    private static let number: PhoneNumber = "+31612345678"

    @Test func theFirstSourceThatKnowsTheCallerIsTheLastThatIsAsked() {
        let directory = ContactDirectory(sources: [
            .local(Source(name: "a", answer: .unknown)), .local(Source(name: "b", answer: .failed("it is locked"))),
            .local(Source(name: "c", answer: .found(Self.jan))),
            .local(Source(name: "d", answer: .found(Contact(attributes: [:])))),
        ])
        let lookup = directory.look(up: Self.number, at: 0)
        #expect(lookup?.contact == Self.jan)
        #expect(
            lookup?.reports.map(\.description) == [
                "a does not know the caller", "b failed: it is locked", "c knows the caller",
            ])
    }

    @Test func withoutSourcesNobodyIsKnown() {
        #expect(ContactDirectory(sources: []).look(up: Self.number, at: 0) == .nobody)
    }

    @Test func aRemoteSourceIsWaitedForOnceAndThenRemembered() async {
        let clock = ManualTicks()
        let crm = RemoteCRM(clock, .init(.found(Self.jan)))
        let directory = ContactDirectory(sources: [
            .local(Source(name: "a", answer: .unknown)),
            .remote(RemoteSource(crm, timeout: .milliseconds(500), lifetime: .seconds(60))),
        ])
        #expect(directory.look(up: Self.number, at: clock.now) == nil)
        let lookup = await directory.look(up: Self.number, within: clock.budget(milliseconds: 4000))
        #expect(lookup.contact == Self.jan)
        #expect(directory.look(up: Self.number, at: clock.now) == lookup)
        clock.advance(milliseconds: 60_000)
        #expect(directory.look(up: Self.number, at: clock.now) == nil)
        #expect(crm.asked == [.milliseconds(500)])
    }

    @Test func aSourceThatIsLateLeavesTheWordToTheNext() async {
        let clock = ManualTicks()
        let late = RemoteCRM(clock, .init(.timedOut, after: 500))
        let directory = ContactDirectory(sources: [
            .remote(RemoteSource(late, timeout: .milliseconds(500), lifetime: .seconds(60))),
            .local(Source(name: "b", answer: .found(Self.jan))),
        ])
        let lookup = await directory.look(up: Self.number, within: clock.budget(milliseconds: 4000))
        #expect(lookup.contact == Self.jan)
        #expect(lookup.reports.map(\.description) == ["crm timed out", "b knows the caller"])
    }

    @Test func joinedSourcesAddWhatEarlierOnesLack() async {
        let clock = ManualTicks()
        let crm = RemoteCRM(clock, .init(.found(Contact(attributes: ["Tier": "vip", "name": "Piet"]))))
        let late = RemoteCRM(clock, .init(.timedOut))
        let directory = ContactDirectory(
            sources: [
                .local(Source(name: "a", answer: .found(Self.jan))),
                .remote(RemoteSource(crm, timeout: .milliseconds(500), lifetime: .seconds(60))),
                .remote(RemoteSource(late, timeout: .milliseconds(500), lifetime: .seconds(60))),
            ], isJoined: true)
        #expect(directory.look(up: Self.number, at: clock.now) == nil, "the CRM has to be waited for")
        let lookup = await directory.look(up: Self.number, within: clock.budget(milliseconds: 4000))
        #expect(lookup.contact == Contact(attributes: ["name": "Jan", "tier": "vip"]))
        #expect(lookup.reports.map(\.outcome) == [.found, .found, .timedOut])
        #expect(lookup.mayLackAttributes)
    }

    @Test(arguments: [(true, 2), (false, 1)])
    func anAnswerIsRememberedByLineWhereTheSourceAsksForIt(_ asksForLine: Bool, _ questions: Int) async {
        let clock = ManualTicks()
        let crm = RemoteCRM(clock, .init(.found(Self.jan)), asksForLine: asksForLine)
        let directory = ContactDirectory(sources: [
            .remote(RemoteSource(crm, timeout: .milliseconds(500), lifetime: .seconds(60)))
        ])
        for line: PhoneNumber in ["+31201234567", "+31201234568", "+31201234567"] {
            _ = await directory.look(up: Self.number, on: line, within: clock.budget(milliseconds: 4000))
        }
        #expect(crm.asked.count == questions)
    }

    @Test func sourcesTogetherGetNoMoreThanTheBudget() async {
        let clock = ManualTicks()
        let first = RemoteCRM(clock, .init(.unknown, after: 400))
        let second = RemoteCRM(clock, .init(.timedOut, after: 600))
        let third = RemoteCRM(clock, .init(.found(Self.jan)))
        let sources = [first, second, third].map {
            ContactDirectory.Source.remote(RemoteSource($0, timeout: .milliseconds(700), lifetime: .zero))
        }
        let lookup = await ContactDirectory(sources: sources).look(
            up: Self.number, within: clock.budget(milliseconds: 1000))
        #expect(first.asked == [.milliseconds(700)])
        #expect(second.asked == [.milliseconds(600)])
        #expect(third.asked == [])
        #expect(lookup.reports.map(\.outcome) == [.unknown, .timedOut, .timedOut])
    }

    @Test func aSourceThatKeepsFailingIsSkippedForAWhile() async {
        let clock = ManualTicks()
        let crm = RemoteCRM(clock, .init(.failed("status 500")))
        let directory = ContactDirectory(sources: [
            .remote(RemoteSource(crm, timeout: .milliseconds(500), lifetime: .seconds(60)))
        ])
        var outcomes: [ContactLookup.Outcome] = []
        for _ in 0..<4 {
            let lookup = await directory.look(up: Self.number, within: clock.budget(milliseconds: 4000))
            outcomes += lookup.reports.map(\.outcome)
        }
        let failed = ContactLookup.Outcome.failed("status 500")
        #expect(outcomes == [failed, failed, failed, .skipped])
        #expect(directory.look(up: Self.number, at: clock.now)?.reports.map(\.outcome) == [.skipped])
        clock.advance(milliseconds: 30_000)
        #expect(directory.look(up: Self.number, at: clock.now) == nil)
        #expect(crm.asked.count == 3)
    }

    @Test func aSourceThatNeverRestsIsAskedEachTime() async {
        let clock = ManualTicks()
        let crm = RemoteCRM(clock, .init(.timedOut))
        let source = RemoteSource(crm, timeout: .milliseconds(500), lifetime: .zero, rests: false)
        let directory = ContactDirectory(sources: [.remote(source)])
        for _ in 0..<5 {
            let lookup = await directory.look(up: Self.number, within: clock.budget(milliseconds: 4000))
            #expect(lookup.reports.map(\.outcome) == [.timedOut])
        }
    }
}
