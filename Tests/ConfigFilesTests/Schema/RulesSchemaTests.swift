// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import JSON
import TestSupport
import Testing

/// The schema and the reader know the same keys: the reader reads by tables, and these are compared.
@Suite struct RulesSchemaTests {
    @Test func isTheOneInTheDocs() throws {
        #expect(Array(try Repository.read("docs/\(RulesSchema.fileName)").utf8) == RulesSchema.bytes)
    }

    @Test(arguments: RulesSchema.levels) func knowsTheKeysOfTheReader(_ level: RulesSchema.Level) throws {
        let properties = try #require(Self.document.value(at: level.pointer)?["properties"]?.keys)
        #expect(properties.subtracting(level.planned) == Set(level.keys))
    }

    @Test func everyClosedMappingIsCompared() {
        #expect(Set(Self.document.closedBlocks(at: "")) == Set(RulesSchema.levels.map(\.pointer)))
    }

    private static let document = JSONReader.read(RulesSchema.bytes) ?? .null
}
