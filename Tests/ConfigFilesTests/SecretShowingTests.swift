// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Testing

/// Whatever is wrong with a file, no diagnostic shows a secret in it.
@Suite struct SecretShowingTests {
    @Test(arguments: [
        "answers: { a: { settings: { api_key: s3cr3t-s3cr3t } } }",
        "answers: { a: { settings: { api_key: s3cr3t-s3cr3t, other: no, more: .inf } } }",
        "answers:\n  a:\n    settings:\n      api_key:\n        s3cr3t-s3cr3t",
        "answers: { a: { llm: { provider: sk-s3cr3t-s3cr3t-1, model: m } } }",
        "answers: { a: { raw: '{\"secret\": \"s3cr3t-s3cr3t\"' } }",
        "answers: { a: { settings: { authorization: 'Bearer s3cr3t-s3cr3t } } }",
        "rules: [{ name: Bearer s3cr3t-s3cr3t, answer: Bearer s3cr3t-s3cr3t }]",
        "timezone: sk-s3cr3t-s3cr3t-1",
        "unknown: 1 # sk-s3cr3t-s3cr3t-1",
    ])
    func noFindingShowsASecret(yaml: String) {
        let text = "version: 1\n\(yaml)\n"
        let findings = RulesFile.read(text, name: "f") { _ in nil }.findings
        #expect(!findings.isEmpty)
        for finding in findings {
            #expect(!Diagnostic.rendered([finding], source: text).contains("s3cr3t"), "\(finding)")
        }
    }

    @Test func theCaretStaysWhereItWas() {
        let text = "version: 1\nunknown: 1 # sk-s3cr3t-s3cr3t-1\n"
        let findings = RulesFile.read(text, name: "f") { _ in nil }.findings
        let lines = Diagnostic.rendered(findings, source: text).split(separator: "\n")
        #expect(lines.dropFirst() == ["    unknown: 1 # ******************", "    ^"])
    }
}
