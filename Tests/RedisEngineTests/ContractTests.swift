// SPDX-License-Identifier: Apache-2.0

import Sharing
import Synchronization
import TestSupport
import Testing

@testable import RedisEngine

@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct ContractTests {
    @Test(arguments: EngineContract.allCases)
    func redisIsAnEngine(_ rule: EngineContract) async throws {
        try await TemporaryFolder.with { folder in
            let server = try await RedisServer(in: folder)
            let engines = Mutex<[RedisEngine]>([])
            do {
                try await rule.check {
                    let engine = RedisEngine(try server.settings())
                    engines.withLock { $0.append(engine) }
                    return engine
                }
            } catch {
                Issue.record(error)
            }
            for engine in engines.withLock({ $0 }) { await engine.shutDown() }
        }
    }
}
