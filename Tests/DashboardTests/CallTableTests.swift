// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

@Suite struct CallTableTests {
    private static let names = [
        "Front desk", "東京オフィス", "a\u{1B}[2Jb\nc\u{202E}", String(repeating: "x", count: 300), "",
    ]

    /// No line is wider than the terminal, whatever the texts hold, and nothing in it moves the cursor.
    @Test(arguments: [40, 57, 58, 64, 80, 111, 112, 140, 200]) func everyLineFits(_ width: Int) {
        let calls = Self.names.enumerated().map { index, name in
            CallSample("c-\(index)", from: name, at: Double(index)).with(\.calledName, name).greeted(name)
        }
        let log = EventLog.sample(calls + [CallSample("last").rejected()]).snapshot()
        for isUnicode in [true, false] {
            let table = CallTable(width: width, isUnicode: isUnicode, clock: .fixed(7200), now: .sample)
            for line in [table.head] + log.sequences.compactMap({ log[$0] }).map(table.row) {
                #expect(DisplayWidth.of(line) <= width, "\(line)")
                #expect(CleanText.clean(line) == line)
            }
        }
    }

    /// A call of Wednesday, 1 July 2026 at 14:00, as it is listed some days later.
    @Test(arguments: [
        (0, 110, "14:00:00 "), (1, 110, "we 14:00 "), (6, 110, "we 14:00 "), (7, 110, "07-01 "), (1, 58, "07-01 "),
    ])
    func anEarlierDayIsNamed(days: Int, width: Int, begin: String) {
        let now = Instant.sample.advanced(bySeconds: Int64(days) * 86_400)
        let table = CallTable(width: width, isUnicode: false, clock: .fixed(7200), now: now)
        let log = EventLog.sample([CallSample("c-1")]).snapshot()
        #expect(log.sequences.compactMap { log[$0] }.map(table.row).first?.hasPrefix(begin) == true)
    }

    @Test func aRowHasWhatTheScreenHas() {
        let log = EventLog.sample([CallSample("c-1").rejected()]).snapshot()
        let table = CallTable(width: 110, isUnicode: false, clock: .fixed(7200), now: .sample)
        let rows = log.sequences.compactMap { log[$0] }.map(table.row)
        #expect(rows.map { $0.hasPrefix("14:00:00  +31612345678") } == [true])
        #expect(table.head.hasPrefix("time      caller"))
        #expect(rows.first?.contains("rejected") == true)
    }
}
