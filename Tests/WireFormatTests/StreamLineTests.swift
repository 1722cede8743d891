// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import WireFormat
import EventLog
import TestSupport
import Testing

/// The lines of a stream.
@Suite struct StreamLineTests {
    @Test func aBatchCountsMissedEventsAndGivesEachEventItsCursor() throws {
        let log = EventLog(keep: Retention(calls: 10, bytes: 40_000))
        for number in 0..<100 { log.record(.notHTTP, from: "peer \(number)", at: .sample) }
        let batch = log.events(after: 3)
        let lines = StreamLine.lines(of: batch)
        guard case .dropped(let count, let cursor) = lines.first else {
            Issue.record("nothing was lost")
            return
        }
        #expect(count == batch.dropped)
        #expect(cursor == 3 + batch.dropped)
        let cursors = lines.dropFirst().compactMap { if case .event(_, let cursor) = $0 { cursor } else { nil } }
        #expect(cursors == Array(cursor + 1...100))
        #expect(log.events(after: 99).events.count == 1, "a cursor leads to what is behind its event")
        #expect(StreamLine.lines(of: log.events(after: 100)).isEmpty)
    }

    @Test func theOtherLinesComeBack() throws {
        let lines: [StreamLine] = [
            .hello(instance: "a-1", cursor: 7, version: "1.0"), .dropped(count: 3, cursor: 10),
            .status(.sample()), .totals(EventLog.sample([CallSample("c-1")]).snapshot().totals), .unknown("weather"),
            .lines(
                EventLog.sample([CallSample("c-1"), CallSample("c-2").rejected()]).snapshot().lines.all(at: .sample)),
        ]
        for line in lines { #expect(try StreamLine(line.bytes).bytes == line.bytes) }
        #expect(
            String(decoding: lines[0].bytes, as: UTF8.self)
                == #"{"event":"hello","instance":"a-1","cursor":7,"version":"1.0"}"#)
        #expect(String(decoding: lines[1].bytes, as: UTF8.self) == #"{"event":"dropped","count":3,"cursor":10}"#)
    }

    /// A dashboard attaches to a server of before: what that does not count is 0.
    @Test func totalsOfAnOlderServerAreRead() throws {
        let old = Totals.counters.filter { $0.subject != .outcomes }.map { "\"\($0.key)\":3," }.joined()
        let json = #"""
            {"event":"totals","totals":{"counts":{\#(old)"kinds":{},"refused_by":{}},"answer_times":[],\#
            "answering_microseconds":0,"deciders":[],"last_answer_at":null,\#
            "per_minute":{"newest":"1970-01-01T00:00:00.000Z","calls":[]}}}
            """#
        guard case .totals(let totals) = try StreamLine(Array(json.utf8)) else {
            Issue.record("not totals")
            return
        }
        #expect(totals.calls == 3)
        #expect(totals.outcomes.late == 3)
        #expect(totals.outcomes.calls == 0)
    }

    @Test func aLineOfALaterVersionIsUnknown() throws {
        let line = try StreamLine(Array(#"{"event":"weather","cursor":"soon","sky":["grey"]}"#.utf8))
        guard case .unknown("weather") = line else {
            Issue.record("\(line)")
            return
        }
    }

    static let problems = [
        Row("no name", "{}", "event"), Row("a number as its name", #"{"event":1}"#, "event"),
        Row("a cursor before the first", #"{"event":"hello","cursor":-1,"instance":"a"}"#, "cursor"),
        Row("no call", #"{"event":"call","cursor":1}"#, "call"),
        Row("another call", #"{"event":"news","cursor":1,"call":[]}"#, "call"),
        Row("no cursor", #"{"event":"desk","words":"x","at":"2026-07-01T12:00:00Z"}"#, "cursor"),
        Row(
            "an unknown reason",
            #"{"event":"refused","cursor":1,"at":"2026-07-01T12:00:00Z","reason":"mood","peer":"x"}"#, "reason"),
        Row(
            "an unknown kind of answer", #"{"event":"totals","totals":{"counts":{\#(counters)"kinds":{"x":1}}}}"#,
            "totals.counts.kinds.x"),
    ]

    private static let counters = Totals.counters.map { "\"\($0.key)\":0," }.joined()

    @Test(arguments: problems) func aProblemNamesItsPlace(_ row: Row<String, String>) {
        do throws(DocumentProblem) {
            _ = try StreamLine(Array(row.input.utf8))
            Issue.record("was taken")
        } catch {
            #expect(error.place == row.expected)
        }
    }

    @Test(arguments: UInt64(0)..<15) func damageIsAProblemOrAnotherLine(seed: UInt64) {
        var values = RandomValues(seed: seed)
        let documents = [
            values.status().document().value, values.totals().document.value,
            CommandDocument(command: values.command()).document.value,
        ]
        for _ in 0..<40 {
            let damaged = documents.map { values.damage($0) }
            do throws(DocumentProblem) {
                _ = try CommandDocument(damaged[2].bytes)
            } catch {
                #expect(!error.problem.isEmpty)
            }
            for (key, value) in [("status", damaged[0]), ("totals", damaged[1])] {
                let line = JSONValue.object([.init("event", .string(key)), .init(key, value)])
                do throws(DocumentProblem) {
                    _ = try StreamLine(line.bytes).bytes
                } catch {
                    #expect(!error.problem.isEmpty)
                }
            }
        }
    }
}
