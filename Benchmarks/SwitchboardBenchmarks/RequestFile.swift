// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import Foundation
import Signatures

/// Writes a wrk script with many different signed calls, so that each request is a new call.
///
/// It ends with a line `result REQUESTS DURATION ERRORS P50 P99`, times in microseconds.
enum RequestFile {
    /// Twice the calls that are kept or remembered after their eviction; each of the two threads has half of them to itself,
    /// so that none comes back while it is remembered, even where one thread is faster.
    private static let calls = 60_000
    /// After so many seconds, half a year, ids come back.
    private static let period: Int64 = 16_000_000

    static func write() {
        let now = WallClock.system.now().seconds
        let timestamp = String(now)
        let secret = Sample.secret
        // A server is asked in several rounds, and each is to bring new calls.
        let first = Int(now % period) * calls
        print("local requests = {")
        for number in first..<first + calls {
            let body = Sample.body(call: Sample.callID(number))
            let signature = secret.signature(timestamp: timestamp, body: body)
            print("{\"\(signature)\", '\(String(decoding: body, as: UTF8.self))'},")
        }
        print(
            """
            }
            local threads = 0
            function setup(thread)
              thread:set("start", threads * \(calls / 2))
              threads = threads + 1
            end
            local path, n = "/webhook", 0
            function request()
              n = n % \(calls / 2) + 1
              local r = requests[start + n]
              return wrk.format("POST", path, {
                ["Content-Type"] = "application/json", ["User-Agent"] = "HMS-Sovereign/1.0",
                ["X-Webhook-Event"] = "assistant-request", ["X-Webhook-Timestamp"] = "\(timestamp)",
                ["X-Webhook-Signature"] = r[1] }, r[2])
            end
            local bad = 0
            function response(status) if status ~= 200 then bad = bad + 1 end end
            function done(summary, latency)
              io.write(string.format("result %d %d %.0f %.0f %.0f\\n", summary.requests, summary.duration,
                summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout,
                latency:percentile(50), latency:percentile(99)))
            end
            """)
    }
}
