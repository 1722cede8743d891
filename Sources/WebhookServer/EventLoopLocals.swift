// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// What the connections of one event loop share.
final class EventLoopLocal {
    let outbox: Outbox
    let room: ConnectionLimiter

    init(eventLoop: any EventLoop, places: Int) {
        outbox = Outbox(eventLoop: eventLoop)
        room = ConnectionLimiter(places: places)
    }
}

/// One share for each event loop of a server.
struct EventLoopLocals: Sendable {
    private let ofLoops: [ObjectIdentifier: NIOLoopBoundBox<EventLoopLocal>]
    /// How many connections each event loop takes.
    private let places: Int

    init(_ group: any EventLoopGroup, connections: Int) {
        let loops = Array(group.makeIterator())
        let places = max(1, connections / loops.count)
        self.places = places
        ofLoops = Dictionary(
            uniqueKeysWithValues: loops.map { loop in
                let share = EventLoopLocal(eventLoop: loop, places: places)
                return (ObjectIdentifier(loop), .makeBoxSendingValue(share, eventLoop: loop))
            })
    }

    /// The share of an event loop, to be asked for on that loop.
    func share(of loop: any EventLoop) -> EventLoopLocal {
        ofLoops[ObjectIdentifier(loop)]?.value ?? EventLoopLocal(eventLoop: loop, places: places)
    }
}
