// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport

extension CallSample {
    /// A call that is over, with a tool call and everything that a report can hold.
    static let reported = CallSample("c-1").live()
        .then(.toolCalls(names: ["look_up_order"]), after: 20, body: toolCalls)
        .then(.status(.ended, reason: nil), after: 45)
        .then(.report(CallReport(seconds: 252, summary: summary, endReason: "user_hangup")), after: 48, body: report)

    /// A report that has nothing but what every one has.
    static let bare = CallSample("c-1").then(
        .report(CallReport(seconds: 1, summary: "", endReason: nil)), after: 9,
        body: #"{"message":{"type":"end-of-call-report","duration_seconds":1,"summary":""}}"#)

    private static let summary = "Asked about opening hours and about an order. Promised to call back tomorrow."

    private static let toolCalls = #"""
        {"message":{"type":"tool-calls","tool_call_list":[{"id":"t1","type":"function","function":{"name":"look_up_order",
        "arguments":{"order":"A-1284","since":20260701,"fields":["state","carrier"]}}}]}}
        """#

    private static let report = #"""
        {"message":{"type":"end-of-call-report","duration_seconds":252,"summary":"…","end_reason":"user_hangup",
        "started_at":"2026-07-01T12:00:03.000Z","ended_at":"2026-07-01T12:04:15.000Z","cost":0.12,
        "recording_url":"https://recordings.example.com/2026/07/01/c-1.wav",
        "analysis":{"topic":"opening hours","booked":false,"caller":{"name":"Jan","language":"nl"},
        "wishes":["call back","the carrier of the parcel, and whether it can come on a Saturday morning"],"score":8.5},
        "messages":[
        {"role":"system","content":"You are the front desk."},
        {"role":"assistant","content":"Hallo Jan, leuk dat je belt! Hoe kan ik je helpen?","seconds_from_start":0},
        {"role":"user","content":"Zijn jullie met Hemelvaart open, en waar blijft mijn bestelling?","seconds_from_start":4},
        {"role":"tool","tool_call_id":"t1","content":"{\"state\":\"sent\",\"carrier\":\"PostNL\"}","seconds_from_start":20},
        {"role":"assistant","content":"De bestelling is verstuurd.\nMet Hemelvaart zijn we dicht.","seconds_from_start":23}
        ]}}
        """#
}
