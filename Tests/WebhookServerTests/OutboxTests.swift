// SPDX-License-Identifier: Apache-2.0

import NIOEmbedded
import Testing
import WebhookServer

/// Replies of one turn of an event loop leave together.
@Suite struct OutboxTests {
    @Test(arguments: [1, 2, Outbox.most - 1]) func aFewWaitForTheEndOfTheTurn(_ count: Int) {
        let sent = SentReplies(count)
        #expect(sent.numbers == [])
        sent.loop.run()
        #expect(sent.numbers == Array(0..<count))
    }

    @Test(arguments: [0, 1, Outbox.most - 1, Outbox.most, Outbox.most + 1])
    func manyDoNotWaitForEachOther(_ more: Int) {
        let sent = SentReplies(Outbox.most + more)
        let full = (Outbox.most + more) / Outbox.most * Outbox.most
        #expect(sent.numbers == Array(0..<full))
        sent.loop.run()
        #expect(sent.numbers == Array(0..<Outbox.most + more))
    }

    @Test func eachTurnStartsEmpty() {
        let sent = SentReplies(3)
        sent.loop.run()
        sent.add(2)
        #expect(sent.numbers == [0, 1, 2])
        sent.loop.run()
        #expect(sent.numbers == [0, 1, 2, 3, 4])
    }
}

/// An outbox, and the numbers of the connections that it flushed.
private final class SentReplies {
    let loop = EmbeddedEventLoop()
    private let outbox: Outbox
    private var added = 0
    private(set) var numbers: [Int] = []

    init(_ count: Int) {
        outbox = Outbox(eventLoop: loop)
        add(count)
    }

    func add(_ count: Int) {
        for _ in 0..<count {
            outbox.send(Connection(number: added, replies: self))
            added += 1
        }
    }

    private final class Connection: Outbox.Connection {
        private let number: Int
        private let replies: SentReplies

        init(number: Int, replies: SentReplies) {
            self.number = number
            self.replies = replies
        }

        func sendNow() { replies.numbers.append(number) }
    }
}
