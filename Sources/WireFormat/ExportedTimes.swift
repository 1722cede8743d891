// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog

/// When a call of an export began, and when it was last heard of, without reading the whole line.
package enum ExportedTimes {
    package static func of(_ line: [UInt8]) throws(DocumentProblem) -> (receivedAt: Instant, last: Instant) {
        // A quotation mark within a text has a backslash before it, so that these are keys.
        guard line.first == UInt8(ascii: "{"), let received = time(after: #""received_at":""#, in: line[...]) else {
            let call = try SessionExport.read(line, sequence: 0)
            return (call.firstHeardAt, call.lastHeardAt)
        }
        guard let events = place(of: #""events":["#, in: line[...]) else { return (received, received) }
        var (last, rest) = (received, line[events...])
        while let next = place(of: #"{"at":""#, in: rest) {
            rest = rest[next...]
            if let at = moment(at: next, in: line) { last = max(last, at) }
        }
        return (received, last)
    }

    private static func time(after key: String, in bytes: ArraySlice<UInt8>) -> Instant? {
        place(of: key, in: bytes).flatMap { moment(at: $0, in: Array(bytes)) }
    }

    private static func moment(at place: Int, in line: [UInt8]) -> Instant? {
        let end = line[place...].firstIndex(of: UInt8(ascii: "\"")) ?? line.endIndex
        return Instant(iso8601: String(decoding: line[place..<end], as: UTF8.self))
    }

    /// The place after a text.
    private static func place(of text: String, in bytes: ArraySlice<UInt8>) -> Int? {
        let text = Array(text.utf8)
        var at = bytes.startIndex
        while at + text.count <= bytes.endIndex, let start = bytes[at...].firstIndex(of: text[0]) {
            if bytes[start...].starts(with: text) { return start + text.count }
            at = start + 1
        }
        return nil
    }
}
