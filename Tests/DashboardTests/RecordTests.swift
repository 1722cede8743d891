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
    private static let extent = Instant.sample...Instant.sample.advanced(bySeconds: 7200)

    private static func frame(
        at second: Int64 = 600, calls: [CallSample] = .varied, status: ServerStatus? = .sample(),
        revision: String? = "0a1b2c3d", counted: RecordMoment.Counted = .since(.sample), knowsLines: Bool = true,
        remarks: [String] = []
    ) -> RecordFrame {
        let moment = Instant.sample.advanced(bySeconds: second)
        let log = EventLog.sample(calls).snapshot()
        return RecordFrame(
            moment: RecordMoment(
                file: "calls.sqlite", at: moment, extent: extent, revision: revision, counted: counted,
                knowsLines: knowsLines, remarks: remarks),
            log: LogSnapshot(.init(at: moment, calls: log.sequences.compactMap { log[$0] })), status: status)
    }

    private static func state(
        _ frame: RecordFrame = frame(), size: Size = Size(columns: 80, rows: 24)
    ) -> DashboardState {
        var state = DashboardState(
            size: size, glyphs: .unicode, clock: .fixed(7200), proposedExportPath: "calls.jsonl", showing: frame)
        state.receive(.resized(size))
        return state
    }

    private static let unknown = frame(
        at: 30, status: nil, revision: nil, counted: .newest(12), knowsLines: false,
        remarks: ["the rules of that time are not in the record"])

    @Test(arguments: [
        Row("record", frame(status: .sample(closure: .closed())), ""), Row("record-unknown", unknown, ""),
        Row("record-lines-unknown", unknown, "<tab>"), Row("record-help", frame(), "?"),
        Row("record-at", frame(), ":at 14:0"),
    ])
    func theScreenIsOfThen(row: Row<RecordFrame, String>) throws {
        var state = Self.state(row.input)
        state.type(row.expected)
        try expectScreen(state.view(), matches: "\(row.name)-80x24")
    }

    @Test(arguments: [
        Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 200, rows: 50),
    ])
    func nothingPretendsToBeLive(size: Size) {
        for frame in [Self.frame(), Self.unknown, Self.frame(calls: []), Self.frame(calls: [], status: nil)] {
            var state = Self.state(frame, size: size)
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
        var state = Self.state()
        #expect(state.type(key).isEmpty)
        #expect(state.plain.contains("this is a record"))
        #expect(!state.plain.contains("┌"))
    }

    @Test(arguments: [":reload<enter>", ":note hello<enter>", ":freeze<enter>"])
    func commandsOfAServerAreUnknown(keys: String) {
        var state = Self.state()
        #expect(state.type(keys).isEmpty)
        #expect(state.plain.contains("unknown command"))
    }

    @Test(arguments: [
        Row("[", "[", RecordTravel.change(isForward: false)), Row("]", "]", .change(isForward: true)),
        Row("{", "{", .call(isForward: false)), Row("}", "}", .call(isForward: true)),
        Row("a time", ":at 15:10<enter>", .to(Instant.sample.advanced(bySeconds: 4200))),
        Row("a date", ":at 2026-07-01T12:30:00Z<enter>", .to(Instant.sample.advanced(bySeconds: 1800))),
        Row("before the end", ":at 10m<enter>", .to(Instant.sample.advanced(bySeconds: 6600))),
        Row("the end", ":at now<enter>", .to(extent.upperBound)),
    ])
    func keysGoThroughTime(row: Row<String, RecordTravel>) {
        var state = Self.state()
        #expect(state.type(row.input) == [.request(.travel(row.expected))])
    }

    @Test(arguments: [":at<enter>", ":at soon<enter>", ":at 25:00<enter>"])
    func aTimeThatIsNoneIsShownWithExamples(keys: String) {
        var state = Self.state()
        #expect(state.type(keys).isEmpty)
        #expect(state.plain.contains("examples: 10m"))
    }

    @Test(arguments: ["[", "]", "{", "}", ":at 14:02<enter>"])
    func aServerHasNoPast(keys: String) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(keys).isEmpty)
    }

    @Test func anotherMomentComesWhole() {
        var state = Self.state(Self.frame(at: 600))
        #expect(state.plain.contains("14:10:00"))
        let start = Self.frame(at: 0, calls: [], status: .sample(lines: .sample(open: 0)))
        state.receive(.recordMoved(start.saying("anna closed all lines")))
        #expect(state.plain.contains("anna closed all lines"))
        #expect(state.plain.contains("14:00:00"))
        #expect(state.plain.contains("ALL 4 CLOSED"))
        #expect(state.plain.contains("no calls"))
    }

    @Test func itQuitsAtOnceAndExports() {
        var state = Self.state()
        #expect(state.type("q") == [.quit])
        #expect(
            state.type("e<enter>").contains(
                .request(.export(ExportOrder(to: "calls.jsonl", overwriting: false, masked: false)))))
    }
}
