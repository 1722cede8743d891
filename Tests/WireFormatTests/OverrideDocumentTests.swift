// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import WireFormat
import TestSupport
import Testing

/// Overrides as files and outputs have them.
@Suite struct OverrideDocumentTests {
    static let overrides: [Override] = [
        .sample(.closed(says: "Dicht \"vandaag\"\u{1B}"), reason: "brand", until: .sample.advanced(bySeconds: 60)),
        .sample(.inform(says: "Dicht"), .group("den haag")), .sample(.forcedOpen, .line("+31850835037")),
        .sample(.greeting("Hoi"), who: Operator(user: "jan", terminal: "pts/3", host: "desk1")),
    ]

    @Test(arguments: overrides) func readWhatTheyWrote(_ override: Override) throws {
        let bytes = override.document.bytes
        let value = try #require(JSONReader.read(bytes))
        #expect(try Override(value, at: "") == override)
    }

    @Test(arguments: [
        ("kind", #""shut""#), ("scope", #""groups""#), ("id", "1.5"), ("since", #""yesterday""#), ("text", "null"),
    ])
    func aProblemNamesItsPlace(_ key: String, _ json: String) throws {
        let value = try #require(JSONReader.read(Array("{\"x\":\(json)}".utf8))?["x"])
        guard case .object(let members) = Self.overrides[0].document.value else { return }
        let damaged = JSONValue.object(members.map { $0.key == key ? .init(key, value) : $0 })
        do throws(DocumentProblem) {
            _ = try Override(damaged, at: "overrides[0]")
            Issue.record("was taken")
        } catch {
            #expect(error.place == "overrides[0].\(key)")
        }
    }
}
