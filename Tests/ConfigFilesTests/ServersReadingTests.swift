// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import DryRuns
import Rules
import TestSupport
import Testing

/// Other servers as a rules file names them.
@Suite struct ServersReadingTests {
    @Test func askWaitsTwoSecondsAndThenTakesTheSavedAssistant() throws {
        let rules = try RulesFile.sample(#"otherwise: { ask: { url: "https://crm.example.com/hms" } }"#).rules
        guard case .ask(let ask) = rules.answers[rules.otherwise].answer else { return #expect(Bool(false)) }
        #expect(ask.upstream == Upstream(url: "https://crm.example.com/hms", timeout: .seconds(2)))
        #expect(rules.answers[ask.otherwise].answer == .standard)
    }

    @Test func sourcesHaveTimesOfTheirOwn() throws {
        let file = try RulesFile.sample(
            """
            contacts:
              - sqlite: { file: crm.sqlite, query: "SELECT 1" }
              - http: { url: "http://a/{number}" }
              - http: { url: "http://b/{number}", timeout: 50ms, cache: 0s }
            """)
        #expect(
            file.contacts.map(\.kind) == [
                .sqlite(path: "crm.sqlite", query: "SELECT 1"),
                .http(ContactServer(url: "http://a/{number}", timeout: .milliseconds(500), cache: .seconds(300))),
                .http(ContactServer(url: "http://b/{number}", timeout: .milliseconds(50), cache: .zero)),
            ])
        #expect(!file.contactsAreJoined)
    }

    @Test func forwardNamesTheTypes() throws {
        let file = try RulesFile.sample(
            #"forward: { tool-calls: { url: "http://a" }, status-update: { url: "http://b", timeout: 1s } }"#)
        #expect(
            file.rules.forwarding
                == Forwarding([
                    .toolCalls: Upstream(url: "http://a", timeout: .seconds(8)),
                    .status: Upstream(url: "http://b", timeout: .seconds(1)),
                ]))
    }

    @Test(arguments: [
        ("", "Hi"), (", with: { reply: timed out }", "Hi"), (", with: { reply: unreachable }", "Hi"),
        (", with: { reply: { assistant: { first_message: Hoi } } }", "Hoi"),
    ])
    func aCaseMaySayWhatTheServerAnswers(_ with: String, _ greeting: String) throws {
        let file = try RulesFile.sample(
            """
            otherwise: { ask: { url: "http://a", otherwise: { greeting: Hi } } }
            tests:
              - { name: t, call: { from: "+31612345678", to: "+31201234567", at: "2026-07-01T22:00:00+02:00" }\(with),
                  expect: { by: otherwise, answer: { assistant: { first_message: \(greeting) } } } }
            """)
        let dryRun = DryRun(rules: file.rules, numbers: NoNumberingPlan())
        #expect(file.cases.map { CaseResult($0, in: dryRun).differences } == [[]])
    }
}
