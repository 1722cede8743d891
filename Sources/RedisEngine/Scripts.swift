// SPDX-License-Identifier: Apache-2.0

/// What Redis does in one step, so that no other replica comes in between.
enum Script: CaseIterable, Sendable {
    /// Replaces the state, adds to the audit, and nudges. Keys: desk, audit. Arguments: expected id or nothing, epoch,
    /// version, id, document, channel, how many lines are kept; then number and line of each.
    case propose
    /// Keeps a report and returns the time. Keys: reports, times. Arguments: replica, report, when a replica is forgotten in
    /// microseconds.
    case report
    /// Says that a replica has calls. Key: sources. Arguments: replica, when one is forgotten in microseconds.
    case register

    var text: String {
        switch self {
        case .propose:
            """
            local have = redis.call('HGET', KEYS[1], 'id')
            if have == ARGV[4] then return {1} end
            if (have or '') ~= ARGV[1] then
              if not have then return {0} end
              return {0, unpack(redis.call('HMGET', KEYS[1], 'epoch', 'version', 'id', 'document'))}
            end
            redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'version', ARGV[3], 'id', ARGV[4], 'document', ARGV[5])
            for place = 8, #ARGV, 2 do
              redis.call('ZADD', KEYS[2], ARGV[place], ARGV[place] .. ':' .. ARGV[place + 1])
            end
            redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - tonumber(ARGV[7]))
            redis.call('PUBLISH', ARGV[6], ARGV[3])
            return {1}
            """
        case .report:
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.call('ZADD', KEYS[2], string.format('%.0f', now), ARGV[1])
            local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now - ARGV[3]))
            for _, name in ipairs(gone) do
              redis.call('HDEL', KEYS[1], name)
              redis.call('ZREM', KEYS[2], name)
            end
            return time
            """
        case .register:
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[2]))
            return 1
            """
        }
    }

    var keys: Int {
        switch self {
        case .propose, .report: 2
        case .register: 1
        }
    }
}

/// The names under which a desk is kept.
///
/// They have one tag, so that a cluster has them all on one node.
struct Keys: Sendable {
    private let tag: String

    init(desk: String) { tag = "{sb:\(desk)}" }

    /// Hash: epoch, version, id, document.
    var desk: String { "\(tag):desk" }
    /// Sorted set of `number:line` by number: after a fork two lines can have one number, and a repeated one is one.
    var audit: String { "\(tag):audit" }
    /// Channel.
    var nudge: String { "\(tag):nudge" }
    /// Hash: replica → report.
    var replicas: String { "\(tag):replicas" }
    /// Sorted set: replica by the time of its report, in microseconds.
    var heard: String { "\(tag):heard" }
    /// Sorted set: replica by the time of its calls, in microseconds.
    var sources: String { "\(tag):sources" }
    /// Stream of batches of one replica.
    func calls(of replica: String) -> String { "\(tag):calls:\(replica)" }
}
