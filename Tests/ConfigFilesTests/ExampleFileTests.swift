// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import Testing

@Suite struct ExampleFileTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func names() throws -> [String] {
        let folder = root.appending(path: "examples")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
            .sorted()
    }

    @Test(arguments: try names())
    func hasNoFindings(name: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: "examples/\(name)"), encoding: .utf8)
        let outcome = RulesFile.readInTheWorld(text, name: name)
        #expect(outcome.findings.isEmpty, "\(outcome.findings)")
        #expect(outcome.file != nil)
    }

    @Test func thereAreThree() throws {
        #expect(try Self.names().count == 3)
    }

    @Test func theReferenceShowsWhatCanBeRead() throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/rules.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```").filter { $0.hasPrefix("yaml\n") }.map { $0.dropFirst(5) }
        #expect(blocks.count == 3)
        let text = """
            version: 1
            timezone: Europe/Amsterdam
            lines: [{ number: "+31201234567", group: amsterdam, hours: office }]
            answers: { closed: { reject: Closed. }, vip: { greeting: Hello } }

            """
        let outcome = RulesFile.readInTheWorld(text + blocks.joined(), name: "docs/rules.md")
        #expect(outcome.findings.isEmpty, "\(outcome.findings)")
    }
}
