// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sharing
import TestSupport
import Testing

@testable import RedisEngine

/// What a replica is told when Redis fails, on a real one.
@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct FaultTests {
    private static let id = StateID.random()

    private static func state(_ version: Int, document: [UInt8] = [1]) -> EngineState {
        EngineState(epoch: id, version: version, id: .random(), document: document)
    }

    /// The error of a call; `nil` if there was none.
    private func error(_ body: () async throws(EngineError) -> Void) async -> EngineError? {
        do {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    private func isAway(_ error: EngineError?) -> Bool { if case .away = error { true } else { false } }
    private func isUnknown(_ error: EngineError?) -> Bool { if case .unknown = error { true } else { false } }
    private func isRefused(_ error: EngineError?) -> Bool { if case .refused = error { true } else { false } }

    @Test func aFrozenOneIsAwayForQuestionsAndUnknownForChanges() async throws {
        let server = try await RedisServer(in: try TemporaryFolder())
        try await withEngine(try server.settings(patience: .seconds(3))) { engine in
            #expect(try await engine.read() == nil)
            server.signal(SIGSTOP)
            let change = await error { () async throws(EngineError) in
                _ = try await engine.propose(Self.state(1), audit: [], expecting: nil)
            }
            #expect(isUnknown(change))
            let question = await error { () async throws(EngineError) in _ = try await engine.read() }
            #expect(isAway(question))
            server.signal(SIGCONT)
            // Once it is back, the outcome is read. It may have been written, and nothing else can be there.
            let found = try await untilAnswer { try await engine.read() }
            #expect(found?.version ?? 1 == 1)
        }
    }

    /// Repeats what is away until it answers, as a replica does.
    private func untilAnswer<Answer>(_ ask: () async throws -> Answer) async throws -> Answer {
        var attempts = 0
        while true {
            do {
                return try await ask()
            } catch EngineError.away(let words) {
                attempts += 1
                guard attempts < 600 else { throw EngineError.away(words) }
                // Another process comes back, and nobody is told when.
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    @Test func aMissingOneIsAwayAndFoundAgain() async throws {
        let folder = try TemporaryFolder()
        let first = try await RedisServer(in: folder)
        try await withEngine(try first.settings()) { engine in
            let state = Self.state(1)
            #expect(try await engine.propose(state, audit: [], expecting: nil) == .accepted(keptBy: nil))
            await first.kill()
            let question = await error { () async throws(EngineError) in _ = try await engine.read() }
            #expect(isAway(question))
            // It comes back without its data and without the scripts.
            let second = try await RedisServer(in: folder)
            #expect(try await untilAnswer { try await engine.read() } == nil)
            let accepted = try await engine.propose(state, audit: [], expecting: nil)
            #expect(accepted == .accepted(keptBy: nil))
            withExtendedLifetime(second) {}
        }
    }

    @Test func aForgottenScriptIsSentAgain() async throws {
        let server = try await RedisServer(in: try TemporaryFolder())
        try await withEngine(try server.settings()) { engine in
            let (one, two) = (Self.state(1), Self.state(2))
            _ = try await engine.propose(one, audit: [], expecting: nil)
            try await server.command("SCRIPT", "FLUSH")
            #expect(try await engine.propose(two, audit: [], expecting: one.id) == .accepted(keptBy: nil))
            #expect(try await engine.read() == two)
        }
    }

    @Test func aNudgeFollowsEachSubscription() async throws {
        let folder = try TemporaryFolder()
        let first = try await RedisServer(in: folder)
        try await withEngine(try first.settings()) { engine in
            var nudges = engine.nudges().makeAsyncIterator()
            #expect(await nudges.next() != nil)
            try await first.command("PUBLISH", "{sb:main}:nudge", "1")
            #expect(await nudges.next() != nil)
            await first.kill()
            let second = try await RedisServer(in: folder)
            #expect(await nudges.next() != nil)
            withExtendedLifetime(second) {}
        }
    }

    @Test func aCopyTakesNoChangesAndIsSeenByTheMaster() async throws {
        let folder = try TemporaryFolder()
        let master = try await RedisServer(in: folder)
        let copy = try await RedisServer(["--replicaof", "127.0.0.1", "1"], name: "copy", in: folder)
        try await withEngine(try copy.settings()) { engine in
            let change = await error { () async throws(EngineError) in
                _ = try await engine.propose(Self.state(1), audit: [], expecting: nil)
            }
            #expect(isRefused(change), "\(String(describing: change))")
        }
        // Of several addresses the one of the master is taken.
        let addresses = try [copy, master].flatMap { try $0.settings().addresses }
        let usual = try master.settings()
        let both = EngineSettings(
            addresses: addresses, desk: usual.desk, replica: usual.replica, patience: usual.patience)
        try await withEngine(both) { engine in
            let accepted = try await engine.propose(Self.state(1), audit: [], expecting: nil)
            #expect(accepted == .accepted(keptBy: nil))
        }
    }

    @Test func aFullOneRefuses() async throws {
        let server = try await RedisServer(["--maxmemory", "1mb"], in: try TemporaryFolder())
        try await withEngine(try server.settings()) { engine in
            let change = await error { () async throws(EngineError) in
                for version in 1...40 {
                    _ = try await engine.propose(
                        Self.state(version, document: Array(repeating: 1, count: 1 << 20)), audit: [], expecting: nil)
                }
            }
            #expect(isRefused(change), "\(String(describing: change))")
            #expect(change?.words.contains("full") == true)
        }
    }

    @Test func aPasswordIsAskedForAndNeverSaid() async throws {
        let user = "--user desk on >s3cr3t-w0rd ~{sb:main}:* &{sb:main}:* +@all --user default off".words
        let server = try await RedisServer(user, in: try TemporaryFolder())
        let rows = [("desk:s3cr3t-w0rd@", true), ("desk:wr0ng@", false), ("", false)]
        for (credentials, isWelcome) in rows {
            try await withEngine(try server.settings(credentials: credentials)) { engine in
                let failure = await error { () async throws(EngineError) in _ = try await engine.read() }
                #expect((failure == nil) == isWelcome)
                #expect(isWelcome || isRefused(failure))
                #expect(failure?.words.contains("s3cr3t") != true && failure?.words.contains("wr0ng") != true)
            }
        }
    }

    @Test func whatTheManualPermitsIsEnough() async throws {
        let rights = try ManualACL.rights()
        let server = try await RedisServer("--user desk on >secret \(rights)".words, in: try TemporaryFolder())
        try await withEngine(try server.settings(credentials: "desk:secret@")) { engine in
            var nudges = engine.nudges().makeAsyncIterator()
            #expect(await nudges.next() != nil)
            let state = Self.state(1)
            let lines = [EngineLine(number: 1, bytes: [7])]
            #expect(try await engine.propose(state, audit: lines, expecting: nil) == .accepted(keptBy: nil))
            #expect(await nudges.next() != nil)
            #expect(try await engine.read() == state)
            #expect(try await engine.audit(after: 0) == lines)
            #expect(try await engine.warnings().isEmpty)
            let replica = try RedisServer.name("other")
            _ = try await engine.report(EngineReport(replica: replica, document: [1]))
            #expect(try await engine.replicas().count == 1)
            try await engine.append(CallBatch(replica: replica, fromSequence: 0, count: 1, bytes: [1]))
            #expect(try await engine.batches(after: [:], waiting: .zero).count == 1)
        }
        // Another desk is out of reach.
        try await withEngine(try server.settings(credentials: "desk:secret@", desk: "other")) { engine in
            let failure = await error { () async throws(EngineError) in _ = try await engine.read() }
            #expect(isRefused(failure))
        }
    }

    @Test func evictionIsAWarning() async throws {
        let server = try await RedisServer(
            ["--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"], in: try TemporaryFolder())
        try await withEngine(try server.settings()) { engine in
            let warnings = try await engine.warnings()
            #expect(warnings.count == 1)
        }
    }

    @Test func holesInBatchesAreCounted() async throws {
        let server = try await RedisServer(in: try TemporaryFolder())
        let replica = try RedisServer.name("eu-2")
        try await withEngine(try server.settings()) { engine in
            func append(_ from: UInt64, missed: UInt64 = 0) async throws {
                try await engine.append(
                    CallBatch(replica: replica, fromSequence: from, count: 10, bytes: [1], missed: missed))
            }
            func page(after cursors: [ReplicaName: BatchCursor]) async throws -> BatchPage? {
                try await engine.batches(after: cursors, waiting: .zero)[replica]
            }
            try await append(0)
            let first = try #require(try await page(after: [:]))
            #expect(first.gap == 0)
            // 10 to 19 are trimmed, 30 to 39 were dropped by the replica, 50 to 59 cannot be read.
            try await append(20)
            try await append(40, missed: 10)
            try await server.command("XADD", "{sb:main}:calls:eu-2", "*", "from", "x")
            try await append(60)
            let second = try #require(try await page(after: [replica: first.cursor]))
            #expect(second.batches.map(\.fromSequence) == [20, 40, 60])
            #expect(second.gap == 20)
        }
    }

    @Test func whatOthersWroteUnderTheKeysIsRefused() async throws {
        let server = try await RedisServer(in: try TemporaryFolder())
        try await server.command("HSET", "{sb:main}:desk", "id", "none", "version", "many")
        try await withEngine(try server.settings()) { engine in
            let question = await error { () async throws(EngineError) in _ = try await engine.read() }
            #expect(isRefused(question))
            let change = await error { () async throws(EngineError) in
                _ = try await engine.propose(Self.state(1), audit: [], expecting: nil)
            }
            #expect(isRefused(change))
        }
    }
}

extension String {
    /// The arguments of a program.
    fileprivate var words: [String] { split(separator: " ").map(String.init) }
}
