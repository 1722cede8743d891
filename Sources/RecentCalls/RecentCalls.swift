// SPDX-License-Identifier: Apache-2.0

package import Calls
import Synchronization

/// When callers called and lines were called, for rules that count: the newest calls of each, bounded in number.
package final class RecentCalls: Sendable {
    private let state: Mutex<State>

    /// Remembers at most `mostCallers`; above that, those without a call for the longest time are forgotten first.
    package init(mostCallers: Int = 100_000) {
        state = Mutex(State(mostCallers: mostCallers))
    }

    /// Returns the earlier calls of a caller and of a line, newest first, at most `depth` of each; with `perLine`, also
    /// those of the caller to the line.
    package func earlier(
        caller: PhoneNumber?, called: PhoneNumber?, depth: Int, perLine: Bool = false
    ) -> EarlierCalls {
        state.withSpinThenLock { state in
            EarlierCalls(
                fromCaller: caller.map { state.callers.newest(of: $0, depth) } ?? [],
                toLine: called.map { state.lines.newest(of: $0, depth) } ?? [],
                fromCallerToLine: perLine ? Pair(caller, called).map { state.pairs.newest(of: $0, depth) } ?? [] : [])
        }
    }

    /// Remembers a call, once it is answered; with `perLine`, also by caller and line together.
    package func note(
        caller: PhoneNumber?, called: PhoneNumber?, at now: Instant, depth: Int, perLine: Bool = false
    ) {
        state.withSpinThenLock { state in
            if let caller { state.callers.note(caller, at: now, depth) }
            if let called { state.lines.note(called, at: now, depth) }
            if perLine, let pair = Pair(caller, called) { state.pairs.note(pair, at: now, depth) }
        }
    }

    /// Forgets when a number called, and was called.
    package func forget(_ number: PhoneNumber) {
        state.withLock { state in
            state.callers.forget { $0 == number }
            state.lines.forget { $0 == number }
            state.pairs.forget { $0.caller == number || $0.called == number }
        }
    }

    /// A caller and a line.
    private struct Pair: Hashable, Sendable {
        let caller: PhoneNumber
        let called: PhoneNumber

        init?(_ caller: PhoneNumber?, _ called: PhoneNumber?) {
            guard let caller, let called else { return nil }
            self.caller = caller
            self.called = called
        }
    }

    private struct State: Sendable {
        var callers: CallTimes<PhoneNumber>
        var lines: CallTimes<PhoneNumber>
        var pairs: CallTimes<Pair>

        init(mostCallers: Int) {
            callers = CallTimes(mostKeys: mostCallers)
            lines = CallTimes(mostKeys: mostCallers)
            pairs = CallTimes(mostKeys: mostCallers)
        }
    }
}

/// The newest moments at which something happened to each of many keys, such as numbers.
///
/// Two generations bound it: when the young one is full it becomes the old one, and keys without a
/// call in the meantime leave with the previous old one. That costs nothing until it happens, and then one release.
struct CallTimes<Key: Hashable & Sendable>: Sendable {
    /// Newest last.
    private var young: [Key: [Instant]] = [:]
    private var old: [Key: [Instant]] = [:]
    private let mostYoung: Int

    init(mostKeys: Int) {
        mostYoung = max(1, mostKeys / 2)
    }

    mutating func forget(_ isMeant: (Key) -> Bool) {
        young = young.filter { !isMeant($0.key) }
        old = old.filter { !isMeant($0.key) }
    }

    /// Returns the moments of a key, newest first.
    func newest(of key: Key, _ depth: Int) -> [Instant] {
        Array((young[key] ?? old[key] ?? []).suffix(depth).reversed())
    }

    mutating func note(_ key: Key, at now: Instant, _ depth: Int) {
        if young[key] == nil {
            if young.count >= mostYoung {
                old = young
                young = [:]
            }
            young[key] = old.removeValue(forKey: key) ?? []
        }
        young[key]?.append(now)
        let surplus = (young[key]?.count ?? 0) - depth
        if surplus > 0 { young[key]?.removeFirst(surplus) }
    }
}
