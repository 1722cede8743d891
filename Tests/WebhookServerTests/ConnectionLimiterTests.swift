// SPDX-License-Identifier: Apache-2.0

import Testing
import WebhookServer

/// A crowd of connections leaves room for one that has something to say.
@Suite struct ConnectionRoomTests {
    @Test func whoeverComesLateTakesThePlaceOfTheOneThatWasQuietLongest() {
        let guests = [30, 10, 20, 40].map { Guest(quietSince: $0) }
        let room = ConnectionLimiter(places: 3)
        #expect(guests.map { room.enter($0) } == [true, true, true, true])
        #expect(guests.map(\.hasLeft) == [false, true, false, false])
    }

    @Test func whoWaitsForAnAnswerKeepsThePlace() {
        let guests = [nil, 10, nil].map { Guest(quietSince: $0) }
        let room = ConnectionLimiter(places: 2)
        #expect(guests.map { room.enter($0) } == [true, true, true])
        #expect(guests.map(\.hasLeft) == [false, true, false])
        #expect(!room.enter(Guest(quietSince: 50)), "both are waiting for us")
    }

    @Test func aPlaceThatWasGivenBackIsFree() {
        let first = Guest(quietSince: 1)
        let room = ConnectionLimiter(places: 1)
        #expect(room.enter(first))
        room.exit(first)
        room.exit(first)
        #expect(room.enter(Guest(quietSince: 2)))
        #expect(!first.hasLeft)
    }
}

private final class Guest: ConnectionLimiter.Client {
    let quietSince: UInt64?
    private(set) var hasLeft = false

    init(quietSince: UInt64?) {
        self.quietSince = quietSince
    }

    func leave() { hasLeft = true }
}
