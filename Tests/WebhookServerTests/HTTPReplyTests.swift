// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import NIOCore
import Testing
import WebhookServer

@Suite struct HTTPReplyTests {
    private func text(
        _ status: Reply.Status = .ok, _ body: String = "{}", _ connection: HTTPReply.Connection = .staysOpen,
        withBody: Bool = true
    ) -> String {
        var buffer = ByteBuffer()
        HTTPReply.write(
            Reply(status: status, body: Array(body.utf8)), connection: connection, withBody: withBody, into: &buffer)
        return String(buffer: buffer)
    }

    @Test(
        arguments: [
            (.ok, "200 OK"), (.badRequest, "400 Bad Request"), (.unauthorized, "401 Unauthorized"),
            (.notFound, "404 Not Found"), (.requestTimeout, "408 Request Timeout"),
            (.contentTooLarge, "413 Content Too Large"), (.expectationFailed, "417 Expectation Failed"),
            (.tooManyRequests, "429 Too Many Requests"), (.notImplemented, "501 Not Implemented"),
            (.serviceUnavailable, "503 Service Unavailable"),
        ] as [(Reply.Status, String)])
    func aStatusHasItsLine(status: Reply.Status, line: String) {
        #expect(text(status) == Wire.response(line, "{}"))
    }

    @Test func aMethodThatIsNotAllowedSaysWhichIs() {
        #expect(text(.methodNotAllowed) == Wire.response("405 Method Not Allowed", "{}", "allow: POST\r\n"))
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, 101, 999, 1000, 12_345]) func theLengthIsWrittenInFull(_ length: Int) {
        let body = String(repeating: "x", count: length)
        #expect(text(.ok, body) == Wire.response("200 OK", body))
    }

    @Test func theLengthCountsBytes() {
        #expect(text(.ok, "é📞").contains("content-length: 6\r\n"))
    }

    @Test func theLastReplySaysSo() {
        #expect(text(.ok, "{}", .closes) == Wire.response("200 OK", "{}", Wire.close))
    }

    @Test func withoutItsBodyAReplyKeepsItsLength() {
        #expect(text(withBody: false) == String(Wire.response("200 OK", "{}").dropLast(2)))
    }

    @Test func repliesFollowEachOther() {
        var buffer = ByteBuffer(string: "before")
        HTTPReply.write(Reply(status: .ok, body: [0x31]), connection: .staysOpen, withBody: true, into: &buffer)
        #expect(String(buffer: buffer) == "before" + Wire.response("200 OK", "1"))
    }
}
