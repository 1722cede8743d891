// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import TestSupport
import Testing

@Suite struct FixtureTests {
    /// A marked file next to this test.
    struct Fixture: Sendable, CustomTestStringConvertible {
        let name: String
        let source: MarkedSource
        var testDescription: String { name }

        static func all(in folder: String) throws -> [Fixture] {
            let folder = Repository.root.appending(path: "Tests/ConfigFilesTests/Fixtures/\(folder)")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.hasSuffix(".yaml")
            }
            return try names.sorted().map { name in
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                return Fixture(name: name, source: MarkedSource(text))
            }
        }
    }

    @Test(arguments: try Fixture.all(in: "valid"))
    func readsAValidFile(_ fixture: Fixture) {
        let outcome = RulesFile.readInTheWorld(fixture.source.text, name: fixture.name)
        #expect(outcome.file != nil)
        expect(outcome.findings, areThoseOf: fixture)
    }

    @Test(arguments: try Fixture.all(in: "invalid"))
    func pointsToWhatIsWrong(_ fixture: Fixture) {
        let outcome = RulesFile.readInTheWorld(fixture.source.text, name: fixture.name)
        #expect(outcome.file == nil)
        #expect(!fixture.source.expectations.isEmpty, "an invalid fixture has markers")
        expect(outcome.findings, areThoseOf: fixture)
    }

    private func expect(_ findings: [Diagnostic], areThoseOf fixture: Fixture) {
        let expectations = fixture.source.expectations
        for (finding, expected) in zip(findings, expectations) {
            let isExpected =
                (finding.line, finding.column) == (expected.line, expected.column)
                && (finding.severity == .warning) == expected.isWarning && finding.code.rawValue == expected.code
            #expect(isExpected, "\(finding) is not \(expected)")
        }
        #expect(
            findings.count == expectations.count,
            "\(findings.dropFirst(expectations.count)) / \(expectations.dropFirst(findings.count))")
    }
}
