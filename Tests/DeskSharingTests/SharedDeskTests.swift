// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import DeskSharing
import Overrides
import Sharing
import TestSupport
import Testing
import WireFormat

@Suite struct SharedDeskTests {
    private let engine = InMemoryEngine()

    /// Two replicas that know each other.
    private func pair(policy: Lineage.ConflictPolicy = .closed) async -> (Replica, Replica) {
        let one = await Replica("eu-1", engine, policy: policy)
        let two = await Replica("eu-2", engine, policy: policy)
        await one.desk.report()
        return (one, two)
    }

    @Test func whatOneClosesIsClosedAtAll() async throws {
        let (one, two) = await pair()
        try await one.close()
        await two.desk.look()
        #expect(two.closings == ["Closed."])
        #expect(two.version == one.version)
        #expect(two.disk.share?.state == one.disk.share?.state)
        #expect(two.events.contains("at-eu-1 closed all lines at eu-1"))
    }

    @Test func theResultSaysWhoObeys() async throws {
        let (one, two) = await pair()
        one.meanwhile {
            await two.desk.look()
            await two.desk.report()
        }
        let reach = try #require(try await one.close().reach)
        #expect(reach.isComplete)
        #expect(reach.words.hasPrefix("2 of 2 obey v2 ("))
    }

    @Test func theResultSaysWhoDoesNot() async throws {
        let (one, _) = await pair()
        let reach = try #require(try await one.close().reach)
        #expect(!reach.isComplete)
        #expect(reach.obeying == 1)
        #expect(reach.missing == ["eu-2 (has v1)"])
    }

    @Test func changesOfBothAreKeptThoughNeitherLooked() async throws {
        let (one, two) = await pair()
        try await one.close(.group("demo"), "A")
        try await two.close(.group("sales"), "B")
        await one.desk.look()
        #expect(one.closings == ["A", "B"])
        #expect(two.closings == ["A", "B"])
        #expect(one.overrides.share?.state.conflict == nil)
    }

    @Test func aCommandIsWorkedOutAgainOnWhatAnotherChanged() async throws {
        let (one, two) = await pair()
        try await one.close()
        await two.desk.look()
        try await one.open()
        let refusal = await #expect(throws: OverrideError.self) { try await two.open() }
        #expect(refusal?.code == "nothing_closed")
        #expect(two.closings.isEmpty)
    }

    @Test func linesAreClosedHereWhileTheEngineIsAway() async throws {
        let (one, two) = await pair()
        engine.turn(.away, on: true)
        let reach = try #require(try await one.close().reach)
        #expect(reach.words == "here only, 1 replica does not know: the engine is away")
        #expect(one.closings == ["Closed."])
        #expect(one.desk.status.isHereOnly)
        engine.turn(.away, on: false)
        await one.desk.look()
        await two.desk.look()
        #expect(two.closings == ["Closed."])
        #expect(!one.desk.status.isHereOnly)
        #expect(two.disk.audit.map(\.words) == one.disk.audit.map(\.words))
    }

    @Test func whatWasChangedHereOnlySurvivesARestart() async throws {
        let (one, two) = await pair()
        engine.turn(.away, on: true)
        try await one.close()
        let again = await Replica("eu-1", engine, disk: one.disk)
        #expect(again.closings == ["Closed."])
        engine.turn(.away, on: false)
        await again.desk.look()
        await two.desk.look()
        #expect(two.closings == ["Closed."])
    }

    @Test func aLostAnswerIsNotALostChange() async throws {
        let (one, two) = await pair()
        engine.turn(.unknownAfterWriting, on: true)
        let reach = try #require(try await one.close().reach)
        #expect(reach.hereOnly == nil)
        await two.desk.look()
        #expect(two.closings == ["Closed."])
    }

    @Test func aChangeWithoutAnAnswerIsNotSaidToBeUnknown() async throws {
        let (one, two) = await pair()
        engine.turn(.awayAfterWriting, on: true)
        let reach = try #require(try await one.close().reach)
        #expect(reach.words == "here for sure, 1 replica may not know: no answer in time")
        engine.turn(.awayAfterWriting, on: false)
        engine.turn(.away, on: false)
        await two.desk.look()
        await one.desk.look()
        #expect(two.closings == ["Closed."])
        #expect(!one.desk.status.isHereOnly)
        #expect(two.disk.audit == one.disk.audit)
    }

    @Test func aRefusingEngineRefusesNoClosure() async throws {
        let (one, _) = await pair()
        engine.turn(.refusing, on: true)
        #expect(try await one.close().reach?.hereOnly == "the engine is read only")
        #expect(one.closings == ["Closed."])
    }

    @Test(arguments: [true, false])
    func anEngineThatWentBackIsRestored(isEmptied: Bool) async throws {
        let (one, two) = await pair()
        let earlier = engine.state
        try await one.close()
        await two.desk.look()
        engine.restore(isEmptied ? nil : earlier)
        await two.desk.look()
        await one.desk.look()
        #expect(engine.state?.id == one.overrides.share?.state.id)
        #expect(one.closings == ["Closed."])
        #expect(two.closings == ["Closed."])
    }

    /// Both change something while they cannot see each other.
    private func fork(policy: Lineage.ConflictPolicy = .closed) async throws -> (Replica, Replica) {
        let (one, two) = await pair(policy: policy)
        try await one.close()
        await two.desk.look()
        engine.turn(.away, on: true)
        try await one.open()
        engine.turn(.away, on: false)
        try await two.close(.group("sales"), "B")
        return (one, two)
    }

    @Test func theMostRestrictiveHoldsAfterAFork() async throws {
        let (one, two) = try await fork()
        await one.desk.look()
        await two.desk.look()
        for replica in [one, two] {
            #expect(replica.closings == ["B", "Closed."])
            let conflict = try #require(replica.desk.status.conflict)
            #expect(conflict.here.hasPrefix("at-eu-1 lifted the closure"))
            #expect(conflict.there == "at-eu-2 closed group sales at eu-2")
        }
        #expect(one.overrides.share?.state == two.overrides.share?.state)
    }

    @Test func whoeverOpensLinesDecides() async throws {
        let (one, two) = try await fork()
        await one.desk.look()
        _ = try await one.overrides.carryOut(.note("seen"), by: one.who)
        #expect(one.desk.status.conflict != nil)
        try await one.open(.all)
        await two.desk.look()
        #expect(one.desk.status.conflict == nil)
        #expect(two.desk.status.conflict == nil)
        #expect(two.closings.isEmpty)
    }

    @Test func eachAuditHasEveryLineOnceAfterAFork() async throws {
        let (one, two) = try await fork()
        await one.desk.look()
        await two.desk.look()
        for replica in [one, two] {
            let words = replica.disk.audit.map(\.words)
            #expect(words.count == 4)
            #expect(Set(words).count == 4)
            let numbers = replica.disk.audit.map(\.number)
            #expect(numbers == numbers.sorted())
        }
    }

    @Test func aFasterReplicaIsNeverOverwrittenByOneThatJoins() async throws {
        let (one, two) = await pair()
        engine.turn(.away, on: true)
        try await one.close(.group("demo"), "A")
        engine.turn(.away, on: false)
        try await two.close(.group("sales"), "B")
        let earlier = engine.state
        try await two.close(.all, "C")
        let newest = engine.state
        // It finds B, and while it joins with that, C comes.
        engine.restore(earlier)
        engine.interrupt(after: 1) { [engine] in engine.restore(newest) }
        _ = try await one.overrides.carryOut(.note("seen"), by: one.who)
        await two.desk.look()
        for replica in [one, two] { #expect(replica.closings == ["A", "B", "C"]) }
    }

    @Test func aReplicaThatClosedLinesOnItsOwnJoinsWithThem() async throws {
        let one = await Replica("eu-1", engine)
        try await one.close(.group("demo"), "A")
        let disk = RememberedShare()
        try disk.keep(
            OverrideState.sample([.sample(.closed(says: "B"), .group("sales"), id: 1)], nextID: 2), audit: [])
        let two = await Replica("eu-2", engine, disk: disk)
        await one.desk.look()
        #expect(one.closings == ["A", "B"])
        #expect(two.closings == ["A", "B"])
        #expect(one.desk.status.conflict != nil)
    }

    @Test func aNewReplicaTakesWhatTheDeskHas() async throws {
        let one = await Replica("eu-1", engine)
        try await one.close()
        let two = await Replica("eu-2", engine)
        #expect(two.closings == ["Closed."])
        #expect(two.desk.status.conflict == nil)
    }

    @Test func anotherDeskOfTheSameNameIsRefused() async throws {
        let one = await Replica("eu-1", engine)
        try await one.close()
        let other = InMemoryEngine()
        _ = await Replica("us-1", other)
        engine.restore(other.state)
        await one.desk.look()
        #expect(one.closings == ["Closed."])
        #expect(one.desk.status.problem != nil)
        #expect(engine.state?.id == other.state?.id)
        // Lines are opened and closed all the same, at this replica.
        #expect(try await one.open().reach?.hereOnly != nil)
        #expect(one.closings.isEmpty)
        #expect(engine.state?.id == other.state?.id)
    }

    @Test func aNewerFormatIsRefusedAndReported() async throws {
        let (one, two) = await pair()
        try await one.close()
        let state = try #require(engine.state)
        let text = String(decoding: state.document, as: UTF8.self).replacing("\"format\":1", with: "\"format\":2")
        engine.restore(
            EngineState(epoch: state.epoch, version: state.version, id: state.id, document: Array(text.utf8)))
        await two.desk.look()
        #expect(two.closings.isEmpty)
        await two.desk.report()
        await one.desk.report()
        let seen = try #require(one.desk.status.replicas.last)
        #expect(seen.problem != nil)
        #expect(!seen.obeys)
    }

    @Test func nothingIsInForceThatARestartWouldForget() async throws {
        let (one, two) = await pair()
        two.disk.fill(true)
        try await one.close()
        await two.desk.look()
        #expect(two.closings.isEmpty)
        #expect(two.desk.status.problem != nil)
        two.disk.fill(false)
        await two.desk.look()
        #expect(two.closings == ["Closed."])
        #expect(two.desk.status.problem == nil)
    }

    @Test func anEndIsWrittenDownOnce() async throws {
        let clock = StoppedClock()
        let one = await Replica("eu-1", engine, clock: clock)
        let two = await Replica("eu-2", engine, clock: clock)
        _ = try await one.overrides.carryOut(
            .begin(.closed(says: "A"), scopes: [.all], reason: "", until: .lasting(seconds: 60)), by: one.who)
        await two.desk.look()
        clock.advance(seconds: 61)
        await one.expire()
        await two.expire()
        await one.desk.look()
        for replica in [one, two] {
            #expect(replica.disk.audit.compactMap(\.event) == [.begun, .expired])
            #expect(replica.version == 3)
        }
    }

    /// Five replicas, each of which writes four notes while the others do.
    private func busy(tries: Int) async throws -> [Replica] {
        var replicas: [Replica] = []
        for number in 1...5 {
            replicas.append(await Replica(ReplicaName("eu-\(number)") ?? "x", engine, tries: tries))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for replica in replicas {
                group.addTask {
                    for count in 1...4 {
                        _ = try await replica.overrides.carryOut(.note("\(replica.who.user) \(count)"), by: replica.who)
                    }
                }
            }
            try await group.waitForAll()
        }
        return replicas
    }

    @Test func manyReplicasChangeAtOnce() async throws {
        for replica in try await busy(tries: 32) {
            await replica.desk.look()
            #expect(replica.version == 21)
            #expect(replica.disk.audit.map(\.number) == Array(1...20))
            #expect(Set(replica.disk.audit.map(\.words)).count == 20)
        }
    }

    @Test(arguments: 1...10) func historiesThatForkAgainAndAgainLoseNothing(_: Int) async throws {
        let replicas = try await busy(tries: 2)
        // Each joins what it has with what the engine has; then all take that.
        for _ in 1...2 { for replica in replicas { await replica.desk.look() } }
        for replica in replicas {
            #expect(replica.overrides.share?.state == replicas[0].overrides.share?.state)
            #expect(!replica.desk.status.isHereOnly)
            let notes = replica.disk.audit.filter { $0.who != nil }
            #expect(Set(notes.map(\.words)).count == 20)
            #expect(notes.count == 20)
            let numbers = replica.disk.audit.map(\.number)
            #expect(numbers == numbers.sorted())
        }
    }

    @Test func aLineThatArrivedWithoutAnAnswerIsThereOnce() async throws {
        let (one, two) = await pair()
        engine.turn(.awayAfterWriting, on: true)
        _ = try await one.overrides.carryOut(.note("a"), by: one.who)
        engine.turn(.awayAfterWriting, on: false)
        _ = try await one.overrides.carryOut(.note("b"), by: one.who)
        engine.turn(.away, on: false)
        _ = try await two.overrides.carryOut(.note("c"), by: two.who)
        await one.desk.look()
        await two.desk.look()
        for replica in [one, two] {
            let notes = replica.disk.audit.filter { $0.who != nil }.map(\.content)
            #expect(Set(notes) == [.note("a"), .note("b"), .note("c")])
            #expect(notes.count == 3)
        }
    }

    @Test func whatOthersWroteComesAfterTheClosureItself() async throws {
        let (one, two) = await pair()
        try await one.close()
        engine.turn(.auditAway, on: true)
        await two.desk.look()
        #expect(two.closings == ["Closed."])
        #expect(two.disk.audit.isEmpty)
        engine.turn(.auditAway, on: false)
        await two.desk.look()
        #expect(two.disk.audit == one.disk.audit)
    }

    @Test func linesThatNobodyHasAreSaidToBeMissing() async throws {
        let (one, two) = await pair()
        for number in 1...3 { _ = try await one.overrides.carryOut(.note("\(number)"), by: one.who) }
        engine.trimAudit(before: 3)
        await two.desk.look()
        #expect(two.disk.audit.map(\.number) == [2, 3])
        #expect(two.disk.audit.first?.who == nil)
        #expect(two.disk.audit.last == one.disk.audit.last)
    }

    @Test func aMissingLineDoesNotKeepALaterOneFromTheAudit() async throws {
        let (one, two) = await pair()
        try await one.close()
        engine.turn(.auditAway, on: true)
        _ = try await two.overrides.carryOut(.note("seen"), by: two.who)
        #expect(two.disk.audit.map(\.number) == [1, 2])
        #expect(two.disk.audit.map { $0.who?.user } == [nil, "at-eu-2"])
    }

    @Test(arguments: [true, false])
    func aRunningReplicaObeysAtANudgeAndWithoutOne(isNudged: Bool) async throws {
        let one = await Replica("eu-1", engine)
        let bell = Bell()
        let two = await Replica("eu-2", engine, pause: { try await bell.pause($0) })
        let (changes, change) = AsyncStream<Void>.makeStream()
        two.overrides.watch { change.yield() }
        let running = Task { await two.desk.run() }
        if !isNudged { engine.turn(.nudgesLost, on: true) }
        try await one.close()
        if !isNudged { bell.ring() }
        for await _ in changes where two.closings == ["Closed."] { break }
        running.cancel()
        await running.value
        #expect(two.version == one.version)
    }

    @Test func contactIsLostAndFound() async throws {
        let clock = StoppedClock()
        let one = await Replica("eu-1", engine, clock: clock)
        #expect(one.desk.status.contact == .fresh)
        engine.turn(.away, on: true)
        clock.advance(seconds: 10)
        await one.desk.look()
        #expect(one.desk.status.contact.word == "stale")
        clock.advance(seconds: 60)
        #expect(one.desk.status.contact.word == "cut off")
        engine.turn(.away, on: false)
        await one.desk.look()
        #expect(one.desk.status.contact == .fresh)
    }
}
