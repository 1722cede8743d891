// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import WebhookServer

/// Which connections give way when there are too many.
@Suite struct ConnectionLimiterTests {
    private let limiter = ConnectionLimiter<String>(limit: 4, perPeer: 2)

    /// Accepts connections and adds them in this order.
    private func open(_ names: String...) -> [ConnectionLimiter<String>.Place] {
        names.map { name in
            #expect(limiter.accept(from: nil))
            return limiter.enter(name)
        }
    }

    private func close(_ place: ConnectionLimiter<String>.Place) {
        limiter.exit(place)
        _ = limiter.close(from: nil)
    }

    @Test(arguments: [
        Row("an address", ["192.0.2.1", "192.0.2.1", "192.0.2.1"], false),
        Row("another one", ["192.0.2.1", "192.0.2.1", "192.0.2.2"], true),
        Row("as IPv6 carries it", ["192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1"], false),
        Row("one home of IPv6", ["2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff::3"], false),
        Row("the home next to it", ["2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:2::3"], true),
        Row("no address", ["local", "local", "local"], false),
    ])
    func connectionsAndRequestsOfOneHolderAreLimited(_ row: Row<[String], Bool>) {
        #expect(row.input.map { limiter.accept(from: $0) } == [true, true, row.expected])
        #expect(row.input.map { limiter.beginRequest(of: $0, most: 2) } == [true, true, row.expected])
        _ = limiter.close(from: row.input[0])
        limiter.endRequest(of: row.input[0])
        #expect(limiter.accept(from: row.input[2]))
        #expect(limiter.beginRequest(of: row.input[2], most: 2))
    }

    @Test func upToTheLimitNoneGivesWay() {
        _ = open("a", "b", "c", "d")
        #expect(!limiter.isOverfull)
        #expect(limiter.nextToGiveWay() == [])
    }

    @Test func theOldestNewcomerGivesWayFirst() {
        _ = open("a", "b", "c", "d", "e", "f")
        #expect(limiter.isOverfull)
        #expect(limiter.nextToGiveWay() == ["a", "b"])
        #expect(limiter.nextToGiveWay() == [], "they have been asked")
    }

    @Test func withoutDescriptorsConnectionsGiveWayBelowTheLimitToo() {
        let places = open("a", "b", "c", "d")
        limiter.noteGoodRequest(places[0])
        #expect(limiter.nextToGiveWay(atLeast: 3) == ["b", "c", "d"])
        #expect(limiter.nextToGiveWay(atLeast: 2) == ["a"])
        #expect(limiter.nextToGiveWay(atLeast: 2) == [])
    }

    @Test func aConnectionWithAGoodRequestGivesWayAfterAllNewcomers() {
        let places = open("a", "b", "c", "d")
        limiter.noteGoodRequest(places[1])
        limiter.noteGoodRequest(places[0])
        _ = open("e", "f", "g")
        #expect(limiter.nextToGiveWay() == ["c", "d", "e"])
    }

    @Test func theOldestGoodRequestGivesWayWhereNewcomersWouldHaveNoPlace() {
        let places = open("a", "b", "c", "d")
        for place in places { limiter.noteGoodRequest(place) }
        limiter.noteGoodRequest(places[0])
        _ = open("new")
        #expect(limiter.nextToGiveWay() == ["b"])
    }

    @Test func aConnectionInUseStaysAndAnotherGivesWay() {
        let places = open("a", "b", "c", "d", "e")
        #expect(limiter.nextToGiveWay() == ["a"])
        limiter.refuse(places[0])
        #expect(limiter.nextToGiveWay() == ["b"])
        close(places[1])
        #expect(!limiter.isOverfull)
        _ = open("f")
        #expect(limiter.nextToGiveWay() == ["c"])
    }

    @Test func whereAllStayNoneIsAskedTwiceAtOnce() {
        _ = open("a", "b")
        for _ in 0..<7 { #expect(limiter.accept(from: nil)) }
        #expect(limiter.nextToGiveWay() == ["a", "b"])
        #expect(limiter.nextToGiveWay() == [])
    }

    @Test func closingReportsFreeRoomOnce() {
        let places = open("a", "b", "c", "d", "e", "f")
        for place in places { limiter.exit(place) }
        #expect((0..<6).map { _ in limiter.close(from: nil) } == [false, true, false, false, false, false])
    }

    @Test func aPlaceIsUsedAgain() {
        for round in 0..<100 {
            let places = open("\(round)", "x")
            limiter.noteGoodRequest(places[0])
            for place in places { close(place) }
        }
        _ = open("a", "b", "c", "d", "e")
        #expect(limiter.nextToGiveWay() == ["a"])
    }

    @Test func onePeerHasItsOwnLimit() {
        #expect(
            ["1.2.3.4", "1.2.3.4", "1.2.3.4", "5.6.7.8"].map { limiter.accept(from: $0) } == [true, true, false, true])
        _ = limiter.close(from: "1.2.3.4")
        #expect(limiter.accept(from: "1.2.3.4"))
    }
}
