// SPDX-License-Identifier: Apache-2.0

import Sharing
import TestSupport
import Testing

@Suite struct EngineContractTests {
    @Test(arguments: EngineContract.allCases)
    func theEngineInMemoryKeepsTheContract(_ rule: EngineContract) async throws {
        let engine = InMemoryEngine()
        try await rule.check { engine }
    }
}
