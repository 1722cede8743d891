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
        ("kind", #""shut""#, "overrides[0].kind must be closed, inform, open or greeting"),
        ("scope", #""groups""#, "overrides[0].scope must be `all`, `group NAME` or `line +NUMBER`"),
        ("id", "1.5", "overrides[0].id must be a whole number"),
        ("since", #""yesterday""#, "overrides[0].since must be a time with a zone, such as 2026-07-01T17:30:00+02:00"),
        ("text", "null", "overrides[0].text is missing"),
    ])
    func sayWhatIsWrongAndWhere(_ key: String, _ json: String, _ words: String) throws {
        let value = try #require(JSONReader.read(Array("{\"x\":\(json)}".utf8))?["x"])
        guard case .object(let members) = Self.overrides[0].document else { return }
        let damaged = JSONValue.object(members.map { $0.key == key ? .init(key, value) : $0 })
        #expect(throws: DocumentProblem.self) { try Override(damaged, at: "overrides[0]") }
        do throws(DocumentProblem) {
            _ = try Override(damaged, at: "overrides[0]")
        } catch {
            #expect(error.description == words)
        }
    }
}
