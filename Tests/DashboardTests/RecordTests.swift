// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// The dashboard on a record: nothing is live, nothing can be changed, and time is where the operator goes.
@Suite struct RecordTests {
    @Test(arguments: Size.golden)
    func nothingPretendsToBeLive(size: Size) {
        for frame in [RecordFrame.sample(), .unknown, .sample(calls: []), .sample(calls: [], status: nil)] {
            var state = DashboardState.sample(size: size, showing: frame)
            let before = state.text
            #expect(state.plain.contains("RECORD"))
            for word in [
                "NO CONTACT", "following", "UNSIGNED", "signed", "last call", "starting", "Starting", "Waiting",
                "READ-ONLY",
            ] {
                #expect(!state.plain.contains(word), "\(word)")
            }
            // Neither the clock nor a server moves it.
            state.receive(.tick(Instant.sample.advanced(bySeconds: 100_000)))
            state.receive(.logChanged(EventLog.sample([]).snapshot()))
            state.receive(.status(.sample(isSigned: false)))
            #expect(state.text == before)
        }
    }

    @Test(arguments: ["c", "o", "g", "u"])
    func nothingCanBeChanged(key: String) {
        var state = DashboardState.sample(showing: .sample())
        #expect(state.type(key).isEmpty)
        #expect(state.plain.contains("this is a record"))
        #expect(!state.plain.contains("┌"))
    }

    @Test(arguments: [":reload<enter>", ":note hello<enter>", ":freeze<enter>"])
    func commandsOfAServerDoNothing(keys: String) {
        var state = DashboardState.sample(showing: .sample())
        #expect(state.type(keys).isEmpty)
        #expect(state.plain.contains("does nothing here"))
    }

    @Test(arguments: [
        Row("[", "[", RecordTravel.change(isForward: false)), Row("]", "]", .change(isForward: true)),
        Row("{", "{", .call(isForward: false)), Row("}", "}", .call(isForward: true)),
        Row("a time", ":at 15:10<enter>", .to(Instant.sample.advanced(bySeconds: 4200))),
        Row("a date", ":at 2026-07-01T12:30:00Z<enter>", .to(Instant.sample.advanced(bySeconds: 1800))),
        Row("before the end", ":at 10m<enter>", .to(Instant.sample.advanced(bySeconds: 6600))),
        Row("the end", ":at now<enter>", .to(RecordFrame.extent.upperBound)),
    ])
    func keysGoThroughTime(row: Row<String, RecordTravel>) {
        var state = DashboardState.sample(showing: .sample())
        #expect(state.type(row.input) == [.request(.travel(row.expected))])
    }

    @Test(arguments: [":at<enter>", ":at soon<enter>", ":at 25:00<enter>"])
    func aTimeThatIsNoneIsShownWithExamples(keys: String) {
        var state = DashboardState.sample(showing: .sample())
        #expect(state.type(keys).isEmpty)
        #expect(state.plain.contains("examples: 10m"))
    }

    @Test(arguments: ["[", "]", "{", "}", ":at 14:02<enter>"])
    func aServerHasNoPast(keys: String) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(keys).isEmpty)
    }

    @Test func anotherMomentComesWhole() {
        var state = DashboardState.sample(showing: .sample(at: 600))
        #expect(state.plain.contains("14:10:00"))
        let start = RecordFrame.sample(at: 0, calls: [], status: .sample(lines: .sample(open: 0)))
        state.receive(.recordMoved(start.saying("anna closed all lines")))
        #expect(state.plain.contains("anna closed all lines"))
        #expect(state.plain.contains("14:00:00"))
        #expect(state.plain.contains("ALL 4 CLOSED"))
        #expect(state.plain.contains("no calls"))
    }

    @Test func itQuitsAtOnceAndExports() {
        var state = DashboardState.sample(showing: .sample())
        #expect(state.type("q") == [.quit])
        #expect(
            state.type("e<enter>").contains(
                .request(.export(ExportOrder(to: "calls.jsonl", overwriting: false, masked: false)))))
    }
}
