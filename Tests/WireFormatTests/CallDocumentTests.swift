// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import WireFormat
import EventLog
import TestSupport
import Testing

/// Calls as the control socket gives them.
@Suite struct CallDocumentTests {
    private func record(_ sample: CallSample) throws -> CallRecord {
        try #require(EventLog.sample([sample]).snapshot()[0])
    }

    static let samples = [
        CallSample("c-1").live().ended(), CallSample("c-2", from: nil).rejected(),
        CallSample("c-3").with(\.isAsked, false).then(.status(.endedWithError, reason: "busy"), after: 1),
        CallSample("c-4").with(\.by, .arm("short", ofRule: "a/b")).then(.toolCalls(names: ["x"]), after: 1)
            .then(.assistantRequest, after: 2).then(.status(CallStatus("transferred"), reason: nil), after: 3),
        CallSample("c-5").standard().then(.other(type: "speech"), after: 1),
        CallSample("c-6").with(\.reply, "{ \"a\": [1.0, true] }"),
    ]

    @Test(arguments: samples) func hasWhatAnExportHas(_ sample: CallSample) throws {
        let call = try record(sample)
        let export = try #require(JSONReader.read(SessionExport.line(call)))
        #expect(Self.lacking(call.document.value, of: export, at: "call") == [])
    }

    /// The places at which the second value says something that the first does not.
    private static func lacking(_ value: JSONValue?, of wanted: JSONValue, at place: String) -> [String] {
        switch wanted {
        case .object(let members):
            return members.flatMap { lacking(value?[$0.key], of: $0.value, at: "\(place).\($0.key)") }
        case .array(let items):
            guard case .array(let there) = value, there.count == items.count else { return [place] }
            return zip(items, there).enumerated().flatMap { lacking($1.1, of: $1.0, at: "\(place)[\($0)]") }
        case .null, .bool, .number, .string: return value == wanted ? [] : [place]
        }
    }

    @Test func aBodyThatIsTheRequestIsWrittenOnce() throws {
        let call = try record(CallSample("c-1").with(\.body, "BODY").then(.assistantRequest, after: 1))
        let text = call.document.text
        #expect(text.ranges(of: "BODY").count == 1)
        let value = try #require(JSONReader.read(Array(text.utf8)))
        #expect(try CallRecord(value, at: "").timeline.map(\.body) == [Array("BODY".utf8), Array("BODY".utf8)])
    }

    @Test func nothingIsLostBelowAMillisecond() throws {
        let call = try record(CallSample("c-1", at: 0.020_001))
        #expect(call.document.text.contains(#""received_at":"2026-07-01T12:00:00.020001Z""#))
    }

    @Test func bytesThatAreNoTextAreBase64() throws {
        let sample = try record(CallSample("c-1")).answered
        let answered = try #require(sample)
        let log = EventLog(keep: Retention(calls: 1, bytes: 1))
        _ = log.record(
            Answered(
                request: answered.request, body: [0xFF, 0x00], decision: answered.decision, reply: answered.reply,
                receivedAt: answered.receivedAt, microseconds: 1))
        let call = try #require(log.snapshot()[0])
        #expect(call.document.text.contains(#""request_base64":"/wA=""#))
    }

    /// Every value of a document, replaced by something that does not belong there.
    @Test(arguments: UInt64(0)..<15) func damageIsAProblemOrAnotherCall(seed: UInt64) {
        var values = RandomValues(seed: seed)
        let document = values.record().document.value
        for _ in 0..<60 {
            let damaged = values.damage(document)
            do throws(DocumentProblem) {
                _ = try CallRecord(damaged, at: "").document
            } catch {
                #expect(!error.problem.isEmpty)
            }
        }
    }

    /// So that a reader knows when `live` is no longer to be believed.
    @Test(
        arguments: [
            Row("ringing", CallSample("c-1"), "2026-07-01T12:02:00.000Z"),
            Row("live", CallSample("c-1").live(after: 2), "2026-07-01T14:05:02.000Z"),
            Row("over", CallSample("c-1").live().ended(), nil),
        ] as [Row<CallSample, String?>])
    func aCallThatIsNotOverSaysFromWhenOnItHasNoNews(row: Row<CallSample, String?>) throws {
        let call = try #require(EventLog.sample([row.input]).snapshot()[0])
        let text = call.document.text
        #expect(text.contains("no_news_from") == (row.expected != nil), "\(text)")
        if let time = row.expected { #expect(text.contains(#""no_news_from":"\#(time)""#), "\(text)") }
    }
}
