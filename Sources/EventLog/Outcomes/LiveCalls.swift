// SPDX-License-Identifier: Apache-2.0

package import Calls
import Synchronization

/// How many calls ring or are live on each phone line, for rules that ask while a call is answered.
///
/// Reading takes neither the lock of the log nor that of its readers; a call that is being answered at the same moment on
/// another thread may not be counted yet.
package final class LiveCalls: Sendable {
    private let lines = Mutex(Lines())

    private struct Lines {
        var gauges: [PhoneNumber: Gauge] = [:]
        var groups: [String: [Gauge]] = [:]
    }

    /// The calls on one line.
    final class Gauge: Sendable {
        private let count = Atomic(0)

        var value: Int { count.load(ordering: .relaxed) }

        func add(_ change: Int) { count.add(change, ordering: .relaxed) }
    }

    /// Returns the calls on a line; `nil` if the rules file has no such line.
    package func count(on line: PhoneNumber) -> Int? {
        lines.withSpinThenLock { $0.gauges[line] }?.value
    }

    /// Returns the calls on the lines of a group; `nil` if no line of the rules file is in it.
    package func count(in group: String) -> Int? {
        lines.withSpinThenLock { $0.groups[group] }?.reduce(0) { $0 + $1.value }
    }

    /// Takes the lines of another rules file, with the gauge of each.
    func use(_ lines: [(line: CountedLine, gauge: Gauge)]) {
        let gauges = Dictionary(lines.map { ($0.line.number, $0.gauge) }) { first, _ in first }
        let groups = Dictionary(grouping: lines.filter { $0.line.group != nil }) { $0.line.group ?? "" }
        self.lines.withLock { $0 = Lines(gauges: gauges, groups: groups.mapValues { $0.map(\.gauge) }) }
    }
}

/// A phone line of the rules file, as far as counting is concerned.
package struct CountedLine: Hashable, Sendable {
    package let number: PhoneNumber
    package let group: String?
    /// Its name in the rules file.
    package let name: String?

    package init(number: PhoneNumber, group: String?, name: String? = nil) {
        self.number = number
        self.group = group
        self.name = name
    }
}
