// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import Contacts
import EventLog
import Overrides
import Rules
import TestSupport
import Testing

/// Calls must not keep the rules that decided them in memory for ever, and must be explained while they can be.
@Suite struct RuleRetentionTests {
    private func steps(_ office: Office) -> [Int] {
        office.calls.compactMap { $0.answered?.steps.count }
    }

    @Test func theNewestFilesExplainTheirCalls() throws {
        let office = try Office()
        for number in 0..<6 {
            _ = office.ask("c-\(number)")
            office.overrides.use(.sample(otherwise: .greeting("Hi \(number)")), contacts: ContactDirectory(sources: []))
        }
        _ = office.ask("c-6")
        let steps = steps(office)
        #expect(steps.map { $0 > 1 } == [false, false, false, false, true, true, true])
        #expect(office.calls[0].answered?.words == #"greeting "Hi""#)
        #expect(office.calls[6].answered?.words == #"greeting "Hi 5""#)
    }

    @Test func manyOverridesKeepTheNewestExplained() throws {
        let office = try Office()
        for number in 0..<50 {
            _ = office.ask("c-\(number)")
            _ = try office.overrides.carryOutBlocking(
                .begin(.greeting("Hoi \(number)"), scopes: [.all], reason: "", until: .reopened),
                by: Operator(user: "anna"))
        }
        _ = office.ask("c-50")
        let steps = steps(office)
        #expect(steps.count { $0 > 1 } == 33, "the policy in use and 32 before it")
        #expect(steps.suffix(33).allSatisfy { $0 > 1 })
        #expect(office.calls[1].answered?.words == #"forced greeting "Hoi 0""#)
        #expect(office.calls[1].answered?.decision.by == .otherwise)
    }

    @Test(.timeLimit(.minutes(5))) func rulesOfNoUseAreFreed() async throws {
        let office = try Office()
        weak let first = office.overrides.policy
        _ = office.ask("c-0")
        for number in 0..<4 {
            office.overrides.use(.sample(otherwise: .greeting("Hi \(number)")), contacts: ContactDirectory(sources: []))
        }
        // The reaper looks every quarter of a second.
        while first != nil { await Task.yield() }
        #expect(office.calls.count == 1)
    }

    @Test func theFactsThatACallKeepsCount() throws {
        let rules = RuleSet.sample(
            rules: [(.init("often", .callsFromCaller(CallLimit(moreThan: 1000, withinSeconds: 3600))), .standard)])
        let office = try Office(rules: rules)
        for number in 0..<20 { _ = office.ask("c-\(number)") }
        let calls = office.calls
        #expect(calls[19].weight > calls[1].weight + 100)
    }
}
