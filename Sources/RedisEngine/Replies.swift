// SPDX-License-Identifier: Apache-2.0

import CHiredis
import NIOCore

/// A reply of Redis.
indirect enum RedisReply: Hashable, Sendable {
    case null
    case bytes([UInt8])
    /// Such as `OK`.
    case status(String)
    case error(String)
    case integer(Int64)
    case array([RedisReply])
}

extension RedisReply {
    /// The text of a string or a status.
    var text: String? {
        switch self {
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        case .status(let text): text
        case .null, .error, .integer, .array: nil
        }
    }

    var bytes: [UInt8]? {
        switch self {
        case .bytes(let bytes): bytes
        case .null, .status, .error, .integer, .array: nil
        }
    }

    /// A number, which a script returns as an integer and a stream as text.
    var number: Int64? {
        switch self {
        case .integer(let number): number
        case .bytes, .status: text.flatMap { Int64($0) }
        case .null, .error, .array: nil
        }
    }

    var elements: [RedisReply]? {
        switch self {
        case .array(let elements): elements
        case .null, .bytes, .status, .error, .integer: nil
        }
    }
}

/// Bytes of one connection → replies, which stay bounded whatever comes.
struct ReplyReader: ~Copyable {
    /// Pages of batches are the largest replies that are asked for.
    static let mostBytes = 32 << 20
    static let mostElements = 100_000

    private let reader: OpaquePointer

    /// `nil` without memory.
    init?(mostBytes: Int = Self.mostBytes, mostElements: Int = Self.mostElements) {
        guard let reader = sb_replies_create(mostBytes, mostElements) else { return nil }
        self.reader = reader
    }

    deinit { sb_replies_free(reader) }

    /// Takes bytes and hands over each reply that they complete.
    ///
    /// After an error there is nothing to go on with: where the next reply begins is not known.
    func read(_ bytes: UnsafeRawBufferPointer, _ take: (RedisReply) -> Void) throws(ReplyProblem) {
        var outcome = sb_replies_feed(reader, bytes.baseAddress, bytes.count)
        while true {
            if let problem = ReplyProblem(outcome) { throw problem }
            var reply: OpaquePointer?
            outcome = sb_replies_next(reader, &reply)
            guard let reply else {
                if let problem = ReplyProblem(outcome) { throw problem }
                return
            }
            defer { sb_reply_free(reply) }
            take(RedisReply(reply))
        }
    }
}

/// Why bytes are not replies.
enum ReplyProblem: Error, Hashable, Sendable {
    case notRedis
    case tooLarge
    case noMemory

    fileprivate init?(_ outcome: sb_outcome) {
        switch outcome {
        case SB_MORE_NEEDED, SB_REPLY: return nil
        case SB_TOO_LARGE: self = .tooLarge
        case SB_NO_MEMORY: self = .noMemory
        default: self = .notRedis
        }
    }

    var words: String {
        switch self {
        case .notRedis: "what answers is not Redis"
        case .tooLarge:
            "a reply is larger than \(ReplyReader.mostBytes >> 20) MiB or \(ReplyReader.mostElements) elements"
        case .noMemory: "there is no memory for a reply"
        }
    }
}

extension RedisReply {
    fileprivate init(_ reply: OpaquePointer) {
        switch sb_reply_kind_of(reply) {
        case SB_STRING: self = .bytes(Self.bytes(of: reply))
        case SB_STATUS: self = .status(String(decoding: Self.bytes(of: reply), as: UTF8.self))
        case SB_ERROR: self = .error(String(decoding: Self.bytes(of: reply), as: UTF8.self))
        case SB_INTEGER: self = .integer(sb_reply_integer(reply))
        case SB_ARRAY:
            self = .array(
                (0..<sb_reply_count(reply)).map { place in
                    sb_reply_element(reply, place).map { RedisReply($0) } ?? .null
                })
        // Kinds of a protocol that was not asked for.
        default: self = .null
        }
    }

    private static func bytes(of reply: OpaquePointer) -> [UInt8] {
        var count = 0
        let start = sb_reply_bytes(reply, &count)
        return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }
}

/// A command with its arguments, which may be any bytes.
struct RedisCommand: Hashable, Sendable {
    private(set) var parts: [[UInt8]]

    init(_ words: String...) { parts = words.map { Array($0.utf8) } }

    func adding(_ words: String...) -> RedisCommand { adding(words.map { Array($0.utf8) }) }

    func adding(_ bytes: [[UInt8]]) -> RedisCommand {
        var command = self
        command.parts += bytes
        return command
    }

    /// Appends the bytes that Redis reads; `false` without memory.
    func write(into buffer: inout ByteBuffer) -> Bool {
        let all = parts.flatMap(\.self)
        let lengths = parts.map(\.count)
        return all.withUnsafeBufferPointer { all in
            // An empty argument needs an address too.
            withUnsafePointer(to: 0 as CChar) { nothing in
                let start = UnsafeRawPointer(all.baseAddress).map { $0.assumingMemoryBound(to: CChar.self) } ?? nothing
                var offset = 0
                let starts = lengths.map { length -> UnsafePointer<CChar>? in
                    defer { offset += length }
                    return start + offset
                }
                var count = 0
                guard let command = sb_redis_command(Int32(parts.count), starts, lengths, &count) else { return false }
                defer { sb_command_free(command) }
                buffer.writeBytes(UnsafeRawBufferPointer(start: command, count: count))
                return true
            }
        }
    }
}
