// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The calls from before memory began, as a record of calls knows them; it never changes once it is in use.
package struct CallHistory: Sendable {
    private var callers: [PhoneNumber: [Instant]] = [:]
    private var lines: [PhoneNumber: [Instant]] = [:]
    private var pairs: [CallerAndLine: [Instant]] = [:]
    /// The newest call of each caller.
    package private(set) var last: [PhoneNumber: LastCall] = [:]
    private let memory: CallMemory
    private let mostBytes: Int
    private var bytes = 0
    /// From when on it is complete.
    package private(set) var completeSince: Instant
    /// Whether all that is asked for is in it.
    package private(set) var isWhole = true

    /// Begins with nothing; `since` is how far back calls will be added.
    package init(_ memory: CallMemory, since: Instant, mostBytes: Int = RecentCalls.mostBytes / 2) {
        self.memory = memory
        self.mostBytes = mostBytes
        completeSince = since
    }

    /// Adds a call that is older than those before it; `false` once no more fit.
    package mutating func add(_ call: NotedCall) -> Bool {
        guard bytes < mostBytes else {
            if isWhole { completeSince = call.at }
            isWhole = false
            return false
        }
        if let caller = call.caller {
            add(call.at, of: caller, to: \.callers, memory.ofCaller)
            if memory.keepsLastCall, last[caller] == nil {
                last[caller] = LastCall(id: call.id, at: call.at, line: call.line)
                bytes += 256 + (call.line?.utf8.count ?? 0)
            }
        }
        if let called = call.called { add(call.at, of: called, to: \.lines, memory.ofLine) }
        if memory.ofCallerToLine > 0, let pair = CallerAndLine(call.caller, call.called) {
            add(call.at, of: pair, to: \.pairs, memory.ofCallerToLine)
        }
        return true
    }

    /// Adds what is known of a caller's last call.
    package mutating func note(_ call: LastCall, of caller: PhoneNumber) {
        guard last[caller] != nil, bytes < mostBytes else { return }
        last[caller] = call
        bytes += [call.line, call.report?.summary, call.report?.endReason].reduce(0) { $0 + ($1?.utf8.count ?? 0) }
    }

    /// Forgets when a number called, and was called.
    mutating func forget(_ number: PhoneNumber) {
        callers[number] = nil
        lines[number] = nil
        pairs = pairs.filter { $0.key.caller != number && $0.key.called != number }
        last[number] = nil
    }

    /// Newest first.
    private mutating func add<Key: Hashable>(
        _ at: Instant, of key: Key, to table: WritableKeyPath<CallHistory, [Key: [Instant]]>, _ depth: Int
    ) {
        guard depth > 0 else { return }
        let count = self[keyPath: table][key]?.count ?? 0
        guard count < depth else { return }
        self[keyPath: table][key, default: []].append(at)
        // Arrays grow to twice their size.
        bytes += count == 0 ? 144 : 2 * MemoryLayout<Instant>.size
    }

    /// The same calls after those that memory has.
    func adding(
        to newer: EarlierCalls, _ caller: PhoneNumber?, _ called: PhoneNumber?, _ memory: CallMemory
    ) -> EarlierCalls {
        func all(_ newer: [Instant], _ older: [Instant]?, _ depth: Int) -> [Instant] {
            guard newer.count < depth, let older else { return newer }
            return newer + older.prefix(depth - newer.count)
        }
        let pair = memory.ofCallerToLine > 0 ? CallerAndLine(caller, called) : nil
        return EarlierCalls(
            fromCaller: all(newer.fromCaller, caller.flatMap { callers[$0] }, memory.ofCaller),
            toLine: all(newer.toLine, called.flatMap { lines[$0] }, memory.ofLine),
            fromCallerToLine: all(newer.fromCallerToLine, pair.flatMap { pairs[$0] }, memory.ofCallerToLine),
            last: newer.last ?? (memory.keepsLastCall ? caller.flatMap { last[$0] } : nil))
    }
}
