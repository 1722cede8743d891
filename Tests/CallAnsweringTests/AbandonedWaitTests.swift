// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import EventLog
import Rules
import Synchronization
import TestSupport
import Testing

/// A client that ignores its time limit does not hold up a call.
@Suite(.timeLimit(.minutes(5))) struct AbandonedWaitTests {
    @Test func anAnswerGoesOutAlthoughTheClientDoesNotReturn() async throws {
        let held = Held()
        let servers = ScriptedUpstreams(.json("{}")) {
            await withCheckedContinuation { continuation in held.continuation.withLock { $0 = continuation } }
        }
        let answers: [String: Answer] = [
            "a": .greeting("Hi"),
            "b": .ask(Ask(upstream: Upstream(url: "http://crm", timeout: .milliseconds(50)), otherwise: 0)),
        ]
        let rules = RuleSet.sample(answers: answers, rules: [(.init("ask"), answers["b"] ?? .standard)])
        let office = try Office(rules: rules, upstreams: servers)
        #expect(await office.answered().contains(#""first_message":"Hi""#))
        #expect(office.calls.first?.answered?.steps.last?.why.hasPrefix("timed out") == true)
        held.continuation.withLock { $0 }?.resume()
    }
}

/// A request that a client does not return from.
private final class Held: Sendable {
    let continuation = Mutex<CheckedContinuation<Void, Never>?>(nil)
}
