// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import Synchronization

/// A remote source that says one thing, after some time of the test's clock.
final class RemoteCRM: RemoteContacts {
    /// What it says, and how many milliseconds later.
    struct Reply: Sendable {
        let answer: ContactAnswer
        let milliseconds: UInt64

        init(_ answer: ContactAnswer, after milliseconds: UInt64 = 0) {
            self.answer = answer
            self.milliseconds = milliseconds
        }
    }

    let name = "crm"
    let asksForLine: Bool
    private let clock: ManualTicks
    private let reply: Reply
    private let times = Mutex<[Duration]>([])

    init(_ clock: ManualTicks, _ reply: Reply, asksForLine: Bool = false) {
        self.asksForLine = asksForLine
        self.clock = clock
        self.reply = reply
    }

    /// The time that it was given, each time it was asked.
    var asked: [Duration] { times.withLock { $0 } }

    func contact(for query: ContactQuery, within time: Duration) async -> ContactAnswer {
        times.withLock { $0.append(time) }
        clock.advance(milliseconds: reply.milliseconds)
        return reply.answer
    }
}
