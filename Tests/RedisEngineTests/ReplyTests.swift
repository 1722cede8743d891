// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Sharing
import TestSupport
import Testing

@testable import RedisEngine

struct ReplyTests {
    /// Keeps a reader, which cannot be copied.
    private final class Connection {
        let reader: ReplyReader

        init(mostBytes: Int, mostElements: Int) throws {
            guard let reader = ReplyReader(mostBytes: mostBytes, mostElements: mostElements) else {
                throw ReplyProblem.noMemory
            }
            self.reader = reader
        }
    }

    private func read(
        _ pieces: [[UInt8]], mostBytes: Int = 1000, mostElements: Int = 100
    ) throws -> Result<[RedisReply], ReplyProblem> {
        let connection = try Connection(mostBytes: mostBytes, mostElements: mostElements)
        var replies: [RedisReply] = []
        for piece in pieces {
            do {
                try piece.withUnsafeBytes { bytes in
                    try connection.reader.read(bytes) { replies.append($0) }
                }
            } catch let problem as ReplyProblem {
                return .failure(problem)
            }
        }
        return .success(replies)
    }

    @Test(arguments: [
        ("+OK\r\n", [RedisReply.status("OK")]),
        (":-12\r\n:9223372036854775807\r\n", [.integer(-12), .integer(.max)]),
        ("$3\r\na\0b\r\n$0\r\n\r\n$-1\r\n", [.bytes([97, 0, 98]), .bytes([]), .null]),
        ("-ERR no\r\n", [.error("ERR no")]),
        ("*2\r\n*0\r\n*1\r\n$1\r\nx\r\n", [.array([.array([]), .array([.bytes([120])])])]),
        ("*-1\r\n", [.null]),
        ("*2\r\n+a\r\n", []),
    ])
    func repliesAreReadWholeOrInPieces(_ input: String, _ expected: [RedisReply]) throws {
        let bytes = Array(input.utf8)
        #expect(try read([bytes]) == .success(expected))
        #expect(try read(bytes.map { [$0] }) == .success(expected))
    }

    @Test(arguments: [
        ("HTTP/1.1 400 Bad Request\r\n\r\n", ReplyProblem.notRedis),
        ("$x\r\n", .notRedis),
        ("$-7\r\n", .notRedis),
        (":twelve\r\n", .notRedis),
        ("*4294967296\r\n", .tooLarge),
        ("*2147483647\r\n", .tooLarge),
        ("*101\r\n", .tooLarge),
        ("*60\r\n*60\r\n", .tooLarge),
        (String(repeating: "*1\r\n", count: 40), .notRedis),
        ("$900000\r\n" + String(repeating: "x", count: 2000), .tooLarge),
        ("+" + String(repeating: "x", count: 2000), .tooLarge),
    ])
    func hostileRepliesEndTheConnection(_ input: String, _ expected: ReplyProblem) throws {
        let bytes = Array(input.utf8)
        for pieces in [[bytes], bytes.map { [$0] }] {
            switch try read(pieces) {
            case .failure(let problem):
                // Which of the bounds is met first depends on the library.
                #expect(problem == expected || Set([problem, expected]) == [.notRedis, .tooLarge])
            case .success(let replies): Issue.record("\(replies)")
            }
        }
    }

    @Test func manyRepliesInOneConnectionAreNotTooLarge() throws {
        let reply = Array("*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n".utf8)
        let replies = try read(Array(repeating: reply, count: 100), mostBytes: 50, mostElements: 3).get()
        #expect(replies.count == 100)
    }

    @Test func commandsCarryAnyBytes() {
        var buffer = ByteBuffer()
        #expect(RedisCommand("SET", "", "a b").adding([[0, 13, 10, 255]]).write(into: &buffer))
        let written =
            Array("*4\r\n$3\r\nSET\r\n$0\r\n\r\n$3\r\na b\r\n$4\r\n".utf8) + [0, 13, 10, 255] + Array("\r\n".utf8)
        #expect(Array(buffer.readableBytesView) == written)
        var empty = ByteBuffer()
        #expect(RedisCommand("").write(into: &empty))
        #expect(String(buffer: empty) == "*1\r\n$0\r\n\r\n")
    }

    @Test(arguments: [
        ("NOSCRIPT No matching script. Please use EVAL.", RedisProblem.Kind.noScript),
        ("READONLY You can't write against a read only replica.", .readOnly),
        ("ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write", .readOnly),
        ("LOADING Redis is loading the dataset in memory", .later),
        ("MASTERDOWN Link with MASTER is down", .later),
        ("CLUSTERDOWN The cluster is down", .later),
        ("BUSY Redis is busy running a script.", .later),
        ("MOVED 3999 127.0.0.1:6381", .other),
        ("NOPERM User desk has no permissions to run the 'set' command", .other),
        ("OOM command not allowed when used memory > 'maxmemory'.", .other),
        ("WRONGPASS invalid username-password pair or user is disabled.", .other),
        ("MISCONF Redis is configured to save RDB snapshots", .other),
        ("", .other),
    ])
    func errorsOfRedisSayWhatToDo(_ input: String, _ expected: RedisProblem.Kind) {
        #expect(RedisProblem(input).kind == expected)
    }

    @Test func aServerCannotPaintTheTerminal() {
        let problem = RedisProblem("ERR \u{1B}[2J\u{202E}" + String(repeating: "x", count: 5000))
        #expect(problem.words.unicodeScalars.allSatisfy { (" "..."~").contains($0) })
        #expect(problem.words.count < 250)
    }
}
