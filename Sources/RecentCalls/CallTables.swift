// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A caller and a line.
struct CallerAndLine: Hashable, Sendable {
    let caller: PhoneNumber
    let called: PhoneNumber

    init?(_ caller: PhoneNumber?, _ called: PhoneNumber?) {
        guard let caller, let called else { return nil }
        self.caller = caller
        self.called = called
    }
}

/// The newest calls of callers and lines, as they come in.
struct CallTables: Sendable {
    private var callers: Generations<PhoneNumber, [Instant]>
    private var lines: Generations<PhoneNumber, [Instant]>
    private var pairs: Generations<CallerAndLine, [Instant]>
    private var last: Generations<PhoneNumber, LastCall>

    /// Of the bytes, callers and pairs get most: lines are few.
    init(mostBytes: Int, since: Instant) {
        callers = Generations(mostBytes: mostBytes * 3 / 8, since: since)
        pairs = Generations(mostBytes: mostBytes * 3 / 8, since: since)
        last = Generations(mostBytes: mostBytes / 8, since: since)
        lines = Generations(mostBytes: mostBytes / 8, since: since)
    }

    /// From when on nothing was evicted.
    var completeSince: Instant {
        max(callers.completeSince, lines.completeSince, pairs.completeSince, last.completeSince)
    }

    /// Whether anything was evicted.
    var hasForgotten: Bool {
        [callers.hasForgotten, lines.hasForgotten, pairs.hasForgotten, last.hasForgotten].contains(true)
    }

    /// The earlier calls of a caller and of a line, newest first.
    func earlier(_ caller: PhoneNumber?, _ called: PhoneNumber?, _ memory: CallMemory) -> EarlierCalls {
        func newest(_ moments: [Instant]?, _ depth: Int) -> [Instant] { (moments ?? []).suffix(depth).reversed() }
        let pair = memory.ofCallerToLine > 0 ? CallerAndLine(caller, called) : nil
        return EarlierCalls(
            fromCaller: memory.ofCaller > 0 ? newest(caller.flatMap { callers[$0] }, memory.ofCaller) : [],
            toLine: memory.ofLine > 0 ? newest(called.flatMap { lines[$0] }, memory.ofLine) : [],
            fromCallerToLine: newest(pair.flatMap { pairs[$0] }, memory.ofCallerToLine),
            last: memory.keepsLastCall ? caller.flatMap { last[$0] } : nil)
    }

    /// Remembers a call; `isLate` if newer ones may be known already.
    mutating func note(_ call: NotedCall, _ memory: CallMemory, isLate: Bool = false) -> ForgottenCalls? {
        var gone = ForgottenCalls.Parts()
        if let caller = call.caller {
            if memory.ofCaller > 0 { gone.add(Self.note(call.at, of: caller, in: &callers, memory.ofCaller, isLate)) }
            if memory.keepsLastCall {
                let left = last.update(caller, at: call.at, bytes: { 160 + ($0.line?.utf8.count ?? 0) }) {
                    if isLate, let newer = $0, newer.at > call.at { return }
                    $0 = LastCall(id: call.id, at: call.at, line: call.line)
                }
                gone.add(left)
            }
        }
        if memory.ofLine > 0, let called = call.called {
            gone.add(Self.note(call.at, of: called, in: &lines, memory.ofLine, isLate))
        }
        if memory.ofCallerToLine > 0, let pair = CallerAndLine(call.caller, call.called) {
            gone.add(Self.note(call.at, of: pair, in: &pairs, memory.ofCallerToLine, isLate))
        }
        return gone.isEmpty ? nil : ForgottenCalls(gone)
    }

    /// Forgets when a number called, and was called.
    mutating func forget(_ number: PhoneNumber) {
        callers.forget { $0 == number }
        lines.forget { $0 == number }
        pairs.forget { $0.caller == number || $0.called == number }
        last.forget { $0 == number }
    }

    /// Adds a moment, newest last; of more than `depth` the oldest goes.
    private static func note<Key>(
        _ at: Instant, of key: Key, in table: inout Generations<Key, [Instant]>, _ depth: Int, _ isLate: Bool
    ) -> [Key: [Instant]]? {
        table.update(key, at: at, bytes: { $0.capacity * MemoryLayout<Instant>.size }) { moments in
            if moments == nil { moments = [] }
            let surplus = (moments?.count ?? 0) + 1 - depth
            // One that is older than all that fit is not kept.
            if isLate, surplus > 0, let oldest = moments?.first, oldest > at { return }
            if surplus > 0 { moments?.removeFirst(surplus) }
            var place = moments?.count ?? 0
            while isLate, place > 0, let newer = moments?[place - 1], newer > at { place -= 1 }
            moments?.insert(at, at: place)
        }
    }
}

/// A call that was answered.
package struct NotedCall: Sendable {
    package let id: CallID
    package let caller: PhoneNumber?
    package let called: PhoneNumber?
    /// The name of the line.
    package let line: String?
    package let at: Instant

    package init(id: CallID, caller: PhoneNumber?, called: PhoneNumber?, line: String? = nil, at: Instant) {
        self.id = id
        self.caller = caller
        self.called = called
        self.line = line
        self.at = at
    }
}

/// What was forgotten to make room; freeing it takes milliseconds, which no call should wait for.
package final class ForgottenCalls: Sendable {
    private let parts: Parts

    struct Parts: Sendable {
        private var moments: [[PhoneNumber: [Instant]]] = []
        private var pairs: [CallerAndLine: [Instant]] = [:]
        private var last: [PhoneNumber: LastCall] = [:]

        var isEmpty: Bool { moments.isEmpty && pairs.isEmpty && last.isEmpty }

        mutating func add(_ gone: [PhoneNumber: [Instant]]?) {
            if let gone, !gone.isEmpty { moments.append(gone) }
        }

        mutating func add(_ gone: [CallerAndLine: [Instant]]?) {
            if let gone { pairs = gone }
        }

        mutating func add(_ gone: [PhoneNumber: LastCall]?) {
            if let gone { last = gone }
        }
    }

    init(_ parts: Parts) { self.parts = parts }
}
