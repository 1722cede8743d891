// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport

/// A server that lives and restarts, and a mirror that receives its events late, out of order, and not of everything.
struct Attachment {
    private var generator: SeededGenerator
    private var keep: Retention
    private var log: EventLog
    private var mirror: LogMirror
    /// How far the connection has read, and what it has read and not handed on.
    private var cursor: UInt64 = 0
    private var unread: [Received] = []
    /// Pages that are on their way.
    private var answers: [(request: PageRequest, calls: [CallRecord], next: UInt64?)] = []
    /// Everything that the log ever said of a call of this run.
    private var said: [UInt64: Set<String>] = [:]
    private var calls = 0
    private(set) var faults: [String] = []

    private enum Received {
        case event(LoggedEvent)
        case loss
        case restart
    }

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        keep = Retention(
            calls: [3, 20, 300].randomElement(using: &generator) ?? 3,
            bytes: [20_000, 60_000, 1 << 30].randomElement(using: &generator) ?? 1)
        log = EventLog(keep: keep)
        mirror = LogMirror(keep: keep)
        for _ in 0..<number(0...600) { happen() }
        if number(0...1) == 0 { cursor = log.cursor }
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    /// One thing more happens, somewhere.
    mutating func step() {
        switch number(0...99) {
        case 0: restart()
        case 1...39: happen()
        case 40...49: for _ in 0..<number(1...80) { happen() }
        case 50...69: read()
        case 70...84: handOn(number(1...30))
        case 85...92: ask()
        case 93: if let lost = answers.indices.randomElement(using: &generator) { answers.remove(at: lost) }
        default: answer()
        }
        check()
    }

    /// Everything that is on its way arrives.
    mutating func finish() {
        read()
        handOn(unread.count)
        while !answers.isEmpty { answer() }
        while mirror.wanted != nil {
            ask()
            answer()
        }
        check()
    }

    /// What the mirror shows otherwise than the log, in the end.
    var differences: [String] {
        let (here, there) = (mirror.snapshot(), log.snapshot())
        let ends = here.sequences.upperBound == there.sequences.upperBound || there.sequences.isEmpty
        let begins = here.sequences.lowerBound <= there.sequences.lowerBound
        return (ends && begins ? [] : ["has \(here.sequences) of \(there.sequences)"])
            + there.sequences.compactMap { sequence in
                let (shown, real) = (here[sequence]?.words ?? "nothing", there[sequence]?.words ?? "nothing")
                return shown == real ? nil : "\(shown) is not \(real)"
            }
    }
}

extension Attachment {
    /// A call comes, or news of one.
    private mutating func happen() {
        let before = log.cursor
        if calls == 0 || number(0...2) == 0 {
            calls += 1
            let sample = CallSample("c\(calls)").with(\.words, String(repeating: "x", count: number(0...300)))
            number(0...5) == 0 ? sample.with(\.isAsked, false).live().record(in: log) : sample.record(in: log)
        } else {
            let age = number(0...1) == 0 ? number(0...min(calls - 1, 5)) : number(0...calls - 1)
            let sample = CallSample("c\(calls - age)").with(\.isAsked, false)
            let event = [Webhook.Event.toolCalls(names: ["t\(number(0...9))"]), .status(.ended, reason: nil)]
            sample.then(event[number(0...1)], after: 1, echo: .untagged).record(in: log)
        }
        for event in log.events(after: before).events {
            switch event {
            case .answered(let call), .updated(let call), .remarked(let call):
                said[call.sequence, default: []].insert(call.words)
            case .refused, .unattributed, .desk: break
            }
        }
    }

    private mutating func restart() {
        log = EventLog(keep: keep)
        said = [:]
        cursor = 0
        // Its end is noticed before anything of the next run is heard.
        unread.append(.restart)
        handOn(unread.count)
    }

    private mutating func read() {
        let batch = log.events(after: cursor)
        cursor = batch.next
        if batch.dropped > 0 { unread.append(.loss) }
        unread += batch.events.map(Received.event)
    }

    private mutating func handOn(_ most: Int) {
        for told in unread.prefix(most) {
            switch told {
            case .event(let event): mirror.take(event)
            case .loss: mirror.noteLoss()
            case .restart: mirror.reset()
            }
        }
        unread.removeFirst(min(most, unread.count))
    }

    private mutating func ask() {
        guard let request = mirror.wanted, !answers.contains(where: { $0.request == request }) else { return }
        let page = log.snapshot().page(before: request.before, limit: number(1...90))
        answers.append((request, page.calls, page.next))
    }

    private mutating func answer() {
        guard let place = answers.indices.randomElement(using: &generator) else { return }
        let answer = answers.remove(at: place)
        mirror.take(answer.calls, next: answer.next, for: answer.request)
    }

    /// What is shown was said of that call, and there is no gap.
    private mutating func check() {
        let shown = mirror.snapshot()
        faults += shown.sequences.compactMap { sequence in
            guard let call = shown[sequence] else { return "\(sequence) is missing in \(shown.sequences)" }
            return call.sequence == sequence && said[sequence]?.contains(call.words) == true
                ? nil : "\(sequence) was never \(call.words)"
        }
        let weight = shown.sequences.compactMap { shown[$0]?.weight }.reduce(0, +)
        if shown.sequences.count > keep.calls || weight > keep.bytes && shown.sequences.count > 1 {
            faults.append("keeps \(shown.sequences.count) calls of \(weight) bytes")
        }
    }
}
