// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import ConfigFiles
import Foundation
import Testing
import TimeZones

/// The schema and the reader know the same keys: the reader is asked for its own by its finding on an unknown one.
@Suite struct RulesSchemaTests {
    @Test func isTheOneInTheDocs() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try Data(contentsOf: root.appending(path: "docs/\(RulesSchema.fileName)"))
        #expect(Array(page) == RulesSchema.bytes)
    }

    @Test(arguments: SchemaLevel.all)
    func knowsTheKeysOfTheReader(_ level: SchemaLevel) throws {
        let names = try #require(Self.document.value(at: level.pointer)?["properties"]?.keys)
        let missing = "is not supported by this version"
        guard let known = level.keysOfTheReader else {
            // The block itself is only designed; once the reader takes it, its keys are compared.
            #expect(level.messages(with: "zzzzzzzz").contains { $0.hasSuffix(missing) })
            return
        }
        #expect(known.subtracting(names) == [], "the schema lacks keys that the reader takes")
        for name in names.subtracting(known) {
            #expect(
                level.messages(with: name).contains("`\(name)` \(missing)"), "the reader knows nothing of `\(name)`")
        }
    }

    @Test func everyClosedBlockIsCompared() {
        #expect(Set(Self.document.closedBlocks(at: "")) == Set(SchemaLevel.all.map(\.pointer)))
    }

    private static let document = JSONReader.read(RulesSchema.bytes) ?? .null
}
