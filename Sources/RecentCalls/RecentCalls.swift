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

    /// Returns the earlier calls of a caller and of a line, newest first, at most `depth` of each.
    package func earlier(caller: PhoneNumber?, called: PhoneNumber?, depth: Int) -> EarlierCalls {
        state.withSpinThenLock { state in
            EarlierCalls(
                fromCaller: caller.map { state.callers.newest(of: $0, depth) } ?? [],
                toLine: called.map { state.lines.newest(of: $0, depth) } ?? [])
        }
    }

    /// Remembers a call, once it is answered.
    package func note(caller: PhoneNumber?, called: PhoneNumber?, at now: Instant, depth: Int) {
        state.withSpinThenLock { state in
            if let caller { state.callers.note(caller, at: now, depth) }
            if let called { state.lines.note(called, at: now, depth) }
        }
    }

    private struct State: Sendable {
        var callers: CallTimes
        var lines: CallTimes

        init(mostCallers: Int) {
            callers = CallTimes(mostNumbers: mostCallers)
            lines = CallTimes(mostNumbers: mostCallers)
        }
    }
}

/// The newest moments at which something happened to each of many numbers.
///
/// Two generations bound it: when the young one is full it becomes the old one, and numbers without a
/// call in the meantime leave with the previous old one. That costs nothing until it happens, and then one release.
struct CallTimes: Sendable {
    /// Newest last.
    private var young: [PhoneNumber: [Instant]] = [:]
    private var old: [PhoneNumber: [Instant]] = [:]
    private let mostYoung: Int

    init(mostNumbers: Int) {
        mostYoung = max(1, mostNumbers / 2)
    }

    /// Returns the moments of a number, newest first.
    func newest(of number: PhoneNumber, _ depth: Int) -> [Instant] {
        Array((young[number] ?? old[number] ?? []).suffix(depth).reversed())
    }

    mutating func note(_ number: PhoneNumber, at now: Instant, _ depth: Int) {
        if young[number] == nil {
            if young.count >= mostYoung {
                old = young
                young = [:]
            }
            young[number] = old.removeValue(forKey: number) ?? []
        }
        young[number]?.append(now)
        let surplus = (young[number]?.count ?? 0) - depth
        if surplus > 0 { young[number]?.removeFirst(surplus) }
    }
}
