// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import Overrides
import TestSupport
import Testing
import WireFormat

/// The documents and docs/openapi.yaml have the same keys.
@Suite struct OpenAPITests {
    /// The keys of one schema of the file.
    private struct Schema {
        var properties: Set<String> = []
        var required: Set<String> = []
    }

    /// Reads the schemas with their keys from the file's layout: names at 4 blanks, `properties` and `required` at 6.
    private static let schemas = Result {
        var schemas: [String: Schema] = [:]
        var (name, block, isSchemas) = ("", "", false)
        for line in try Repository.read("docs/openapi.yaml").split(separator: "\n") {
            let blanks = line.prefix { $0 == " " }.count
            let key = String(line.dropFirst(blanks).prefix { $0 != ":" })
            switch blanks {
            case 2: isSchemas = key == "schemas"
            case 4 where isSchemas: name = key
            case 6: block = key
            default: break
            }
            guard isSchemas else { continue }
            if block == "properties", blanks == 8 { schemas[name, default: Schema()].properties.insert(key) }
            if block == "required", blanks >= 6 {
                let words = line.split { !($0.isLetter || $0 == "_" || $0.isNumber) }.map(String.init)
                schemas[name, default: Schema()].required.formUnion(words.filter { $0 != "required" })
            }
        }
        return schemas
    }

    static let documents: [Row<String, @Sendable (inout RandomValues) -> JSONDocument?>] = [
        Row("Status", "") { $0.status().document(totals: $0.totals(), at: .sample) },
        Row("Line", "lines") { $0.status().document(totals: $0.totals(), at: .sample) },
        Row("BypassRule", "bypass_rules") { $0.status().document() },
        Row("SharedDesk", "shared") { $0.status().document() },
        Row("Replica", "shared.replicas") { $0.status().document() },
        Row("Reach", "reach") { values in
            OverrideResult(words: "", begun: [], ended: []).adding(values.reach()).document
        },
        Row("Callers", "callers") { $0.status().document() },
        Row("CallerOverride", "callers.newest") { $0.status().document() },
        Row("Outcomes", "unknown_line.counts") { $0.status().document(totals: $0.totals(), at: .sample) },
        Row("Override", "") { $0.override().document }, Row("KnownOperator", "by") { $0.override().document },
        Row("Counts", "counts") { $0.totals().document }, Row("Totals", "") { $0.totals().document },
        Row("Call", "") { $0.record().document }, Row("TimelineEntry", "events") { $0.record().document },
        Row("Exchange", "exchange") { $0.record().document }, Row("Report", "report") { $0.record().document },
        Row("Step", "lookups") { $0.record().document },
        Row("CallPage", "") { CallPage(calls: [$0.record()], next: 3).document },
        Row("Reload", "") { $0.reloadReport().document },
        Row("Explanation", "") {
            ExplanationDocument.document(answer: [], by: $0.decider(), until: nil, steps: [$0.step()])
        },
    ]

    @Test(arguments: documents)
    func hasTheKeysOfItsSchema(_ row: Row<String, @Sendable (inout RandomValues) -> JSONDocument?>) throws {
        let schema = try #require(try Self.schemas.get()[row.name])
        var values = RandomValues(seed: 5)
        var (seen, always) = (Set<String>(), schema.properties)
        for _ in 0..<200 {
            guard let value = row.expected(&values)?.value else { continue }
            let part = row.input.split(separator: ".").reduce(value) { $0[String($1)] ?? .null }
            for object in Self.objects(part) {
                seen.formUnion(object)
                always.formIntersection(object)
            }
        }
        #expect(seen == schema.properties, "what is written, and what is described")
        #expect(schema.required.subtracting(always) == [], "what is required, and not always written")
    }

    /// The keys of an object, or of each object of a list.
    private static func objects(_ value: JSONValue) -> [Set<String>] {
        switch value {
        case .object(let members): [Set(members.map(\.key))]
        case .array(let items): items.flatMap(objects)
        case .null, .bool, .number, .string: []
        }
    }
}
