// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// One outbox for each event loop of a server.
struct Outboxes: Sendable {
    private let ofLoops: [ObjectIdentifier: NIOLoopBoundBox<Outbox>]

    init(_ group: any EventLoopGroup) {
        ofLoops = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { loop in
                (ObjectIdentifier(loop), .makeBoxSendingValue(Outbox(eventLoop: loop), eventLoop: loop))
            })
    }

    /// The outbox of an event loop, to be asked for on that loop.
    func outbox(of loop: any EventLoop) -> Outbox {
        ofLoops[ObjectIdentifier(loop)]?.value ?? Outbox(eventLoop: loop)
    }
}
