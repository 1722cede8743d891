// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// How far the requests and replies of one connection have come, and when it times out.
struct RequestProgress {
    /// How many requests have come with their whole head.
    private(set) var asked = 0
    /// How many replies have been written, and how many of these have left.
    private(set) var replied = 0
    private(set) var sent = 0
    /// The number of the reply after which the connection ends.
    private(set) var last: Int?
    private(set) var isReplying = false
    /// Since when nothing is asked, and since when a request is arriving.
    private(set) var quietSince: NIODeadline
    private var arrivingSince: NIODeadline?
    private var isHeadRead = false

    init(at now: NIODeadline) {
        quietSince = now
    }

    /// Whether there is neither a request nor a reply.
    var isIdle: Bool { asked == sent && arrivingSince == nil }
    /// Whether every reply has left.
    var isSettled: Bool { asked == sent }
    /// Whether the reply that ends the connection has left.
    var isLastSent: Bool { last.map { sent >= $0 } ?? false }
    /// Whether the reply that is written now, or next, ends the connection.
    var endsWithThisReply: Bool { last.map { replied + 1 >= $0 } ?? false }
    /// Whether an error can still be the answer: it is about the request that is arriving, and all before are answered.
    var canStillFail: Bool { sent + (isHeadRead ? 1 : 0) == asked && !isReplying }

    mutating func bytesCame(at now: NIODeadline) {
        if arrivingSince == nil { arrivingSince = now }
    }

    mutating func headCame() {
        asked += 1
        isHeadRead = true
    }

    mutating func requestCame() {
        arrivingSince = nil
        isHeadRead = false
    }

    mutating func replyBegan() {
        isReplying = true
    }

    mutating func replyEnded() {
        isReplying = false
        replied += 1
    }

    mutating func replyLeft(at now: NIODeadline) {
        sent += 1
        quietSince = now
    }

    /// Makes a reply the last one, unless an earlier one is.
    mutating func endAfter(_ reply: Int) {
        last = min(last ?? reply, reply)
    }

    /// When the connection times out if nothing happens; `nil` while the server is at work.
    func deadline(_ limits: ControlLimits) -> NIODeadline? {
        guard sent + (isHeadRead ? 1 : 0) >= asked else { return nil }
        if let arrivingSince { return max(arrivingSince, quietSince) + TimeAmount(limits.request) }
        return isSettled ? quietSince + TimeAmount(limits.idle) : nil
    }
}
