// SPDX-License-Identifier: Apache-2.0

import Calls
import Synchronization

/// Keeps the number of open connections bounded, and chooses which ones give way to newcomers.
///
/// Connections that have never carried a good request give way first, in the order in which they came: sending bytes
/// does not buy them time. The others follow in the order of their last good request. Only if those hold more than
/// three quarters of the places do they give way before the newcomers, so that a newcomer always has time to prove itself.
///
/// Every operation takes constant time: the connections form two doubly linked lists over one array.
package final class ConnectionLimiter<Client: Sendable>: Sendable {
    /// Where a connection is in the limiter.
    package struct Place: Sendable {
        fileprivate let index: Int
    }

    fileprivate struct Link {
        var client: Client?
        var previous: Int
        var next: Int
        var isTrusted = false
        /// It was asked to give way and has not answered yet.
        var isAsked = false
    }

    /// Who holds connections or requests: a name, or the network of an address.
    fileprivate enum Holder: Hashable {
        case network(IPAddress)
        case name(String)

        init(_ client: String) {
            self = IPAddress(client).map { .network($0.network) } ?? .name(client)
        }
    }

    fileprivate struct State {
        /// The first two are the heads of the two circular lists.
        var links = [Head.newcomers, Head.trusted].map { Link(client: nil, previous: $0, next: $0) }
        var free: [Int] = []
        var open = 0
        var openByPeer: [Holder: Int] = [:]
        /// By client, as trusted proxies name it.
        var requestsByClient: [Holder: Int] = [:]
        var listed = 0
        var trustedCount = 0
        var asked = 0
    }

    private let limit: Int
    private let perPeer: Int
    private let slack: Int
    private let state = Mutex(State())

    /// Creates a limiter for `limit` connections, of which `perPeer` may come from one address, or one /64 of IPv6.
    ///
    /// So that accepting need not wait for each connection that gives way, `slack` more may be open for a moment.
    package init(limit: Int, perPeer: Int, slack: Int = 0) {
        self.slack = slack
        self.limit = max(1, limit)
        self.perPeer = max(1, perPeer)
    }

    // MARK: Counting

    /// Counts an accepted connection; `false` if its peer has too many.
    ///
    /// `peer` is `nil` for one without a limit.
    package func accept(from peer: String?) -> Bool {
        state.withLock { state in
            if let holder = peer.map(Holder.init) {
                let count = state.openByPeer[holder, default: 0]
                guard count < perPeer else { return false }
                state.openByPeer[holder] = count + 1
            }
            state.open += 1
            return true
        }
    }

    /// Counts a closed connection; `true` if this made room.
    package func close(from peer: String?) -> Bool {
        state.withLock { state in
            if let holder = peer.map(Holder.init), let count = state.openByPeer[holder] {
                state.openByPeer[holder] = count > 1 ? count - 1 : nil
            }
            state.open -= 1
            return state.open == limit + slack
        }
    }

    /// Counts a request of a client behind a proxy that is not complete yet; `false` if it has `most` of them.
    package func beginRequest(of client: String, most: Int) -> Bool {
        state.withLock { state in
            let holder = Holder(client)
            let count = state.requestsByClient[holder, default: 0]
            guard count < most else { return false }
            state.requestsByClient[holder] = count + 1
            return true
        }
    }

    /// Counts a request that is complete, or will never be.
    package func endRequest(of client: String) {
        state.withLock { state in
            let holder = Holder(client)
            guard let count = state.requestsByClient[holder] else { return }
            state.requestsByClient[holder] = count > 1 ? count - 1 : nil
        }
    }

    /// Whether more connections are open than may be; no more are accepted until some have given way.
    package var isOverfull: Bool { state.withLock { $0.open > limit + slack } }

    // MARK: Order

    /// Adds a connection, after all other newcomers.
    package func enter(_ client: Client) -> Place {
        state.withLock { state in
            let index: Int
            if let free = state.free.popLast() {
                index = free
            } else {
                index = state.links.count
                state.links.append(Link(client: nil, previous: index, next: index))
            }
            state.links[index].client = client
            state.append(index, to: Head.newcomers)
            state.listed += 1
            return Place(index: index)
        }
    }

    /// Removes a connection.
    package func exit(_ place: Place) {
        state.withLock { state in
            state.unlink(place.index)
            state.listed -= 1
            if state.links[place.index].isTrusted { state.trustedCount -= 1 }
            if state.links[place.index].isAsked { state.asked -= 1 }
            state.links[place.index] = Link(client: nil, previous: place.index, next: place.index)
            state.free.append(place.index)
        }
    }

    /// Notes a good request: the connection now gives way after all others.
    package func noteGoodRequest(_ place: Place) {
        state.withLock { state in
            if !state.links[place.index].isTrusted {
                state.links[place.index].isTrusted = true
                state.trustedCount += 1
            }
            state.unlink(place.index)
            state.append(place.index, to: Head.trusted)
        }
    }

    /// Notes that a connection that was asked to give way is in use and stays.
    package func refuse(_ place: Place) {
        state.withLock { state in
            guard state.links[place.index].isAsked else { return }
            state.links[place.index].isAsked = false
            state.asked -= 1
            state.unlink(place.index)
            state.append(place.index, to: state.links[place.index].isTrusted ? Head.trusted : Head.newcomers)
        }
    }

    /// Returns the connections that are to be asked to give way now, so that no more than the limit remain, and at least
    /// `least` while there are others.
    package func nextToGiveWay(atLeast least: Int = 0) -> [Client] {
        state.withLock { state in
            var clients: [Client] = []
            while state.open - state.asked > limit || clients.count < least, let index = state.next(),
                let client = state.links[index].client
            {
                state.links[index].isAsked = true
                state.asked += 1
                // The last to be asked again, should it not answer.
                state.unlink(index)
                state.append(index, to: state.links[index].isTrusted ? Head.trusted : Head.newcomers)
                clients.append(client)
            }
            return clients
        }
    }
}

/// Where the heads of the two lists are in the array.
private enum Head {
    static let newcomers = 0
    static let trusted = 1
}

extension ConnectionLimiter.State {
    /// The connection that gives way next, unless every one has been asked.
    fileprivate func next() -> Int? {
        let prefersTrusted = trustedCount > listed / 4 * 3
        for head in prefersTrusted ? [Head.trusted, Head.newcomers] : [Head.newcomers, Head.trusted] {
            let first = links[head].next
            if first != head, !links[first].isAsked { return first }
        }
        return nil
    }

    fileprivate mutating func unlink(_ index: Int) {
        let (previous, next) = (links[index].previous, links[index].next)
        links[previous].next = next
        links[next].previous = previous
    }

    fileprivate mutating func append(_ index: Int, to head: Int) {
        let last = links[head].previous
        links[index].previous = last
        links[index].next = head
        links[last].next = index
        links[head].previous = index
    }
}
