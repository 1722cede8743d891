// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Rules
import Testing

@Suite struct StarterTests {
    @Test func hasNoFindingsAtAll() throws {
        let outcome = RulesFile.readInTheWorld(Starter.text, name: Starter.fileName)
        #expect(outcome.findings.isEmpty, "\(outcome.findings)")
        let file = try #require(outcome.file)
        #expect(file.server == ServerSettings())
        #expect(file.rules.lines.count == 4)
        #expect(file.rules.rules.count == 6)
    }
}
