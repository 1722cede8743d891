// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Latencies

// What has no equality is compared by everything that it says.

extension CallRecord {
    /// All of the call, for comparing.
    var everything: [String] {
        var facts = [
            "\(sequence) \(id) \(firstHeardAt) \(confirmation) \(droppedEntries)", "\(caller)", "\(called)",
            "\(String(describing: calledName))", "\(state)", "\(String(describing: report))",
        ]
        for entry in timeline {
            facts.append("\(entry.at) \(entry.event) \(entry.isRepeat) \(entry.confirmation) \(entry.body)")
        }
        if let exchange {
            let decision = exchange.decision
            facts += [
                "\(exchange.request)", "\(exchange.body)", "\(exchange.reply)", "\(exchange.receivedAt)",
                "\(exchange.microseconds)", "\(exchange.steps)", "\(exchange.lookups)", decision.id,
                String(reflecting: decision.by), exchange.words, "\(decision.kind) \(decision.isTagged)",
                "\(String(describing: decision.lineName))",
            ]
        }
        return facts
    }
}

extension Totals {
    /// All that is counted, for comparing.
    var everything: [String] {
        [
            "\(answered) \(unsigned) \(calls) \(evicted) \(repeats) \(late) \(received)",
            "\(refused.sorted { $0.key < $1.key })", "\(kinds.sorted { $0.key.rawValue < $1.key.rawValue })",
            "\(answerTimes)", "\(latency.shares)", "\(answeringMicroseconds)",
            "\(deciders.map { "\(String(reflecting: $0)) \($1)" }.sorted())", "\(String(describing: lastAnswerAt))",
            "\(perMinute)",
        ]
    }
}

extension LoggedEvent {
    /// All of the event, for comparing.
    var everything: [String] {
        switch self {
        case .answered(let call): ["answered"] + call.everything
        case .updated(let call): ["news"] + call.everything
        case .refused(let request): ["\(request)"]
        case .unattributed(let type, let at): [type, "\(at)"]
        case .desk(let words, let at): [words, "\(at)"]
        }
    }
}
