// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Sharing
import TestSupport
import Testing

@Suite struct LineageTests {
    struct Question: Sendable {
        var mine: KeptShare?
        var alone = OverrideState()
        var theirs: SharedState?
    }

    private static func kept(_ state: SharedState, isShared: Bool = true) -> KeptShare {
        KeptShare(state, isShared: isShared)
    }

    private static let closed = OverrideState.sample([.sample(.closed(says: "Closed."))], nextID: 2, auditLines: 1)
    private static let long = Array(1000..<1256)

    static let rows: [Row<Question, Lineage.Verdict>] = [
        Row("both the same", Question(mine: kept(.sample(1)), theirs: .sample(1)), .same),
        Row("theirs is one further", Question(mine: kept(.sample(1)), theirs: .sample(2, from: [1])), .takeTheirs),
        Row(
            "theirs is several further", Question(mine: kept(.sample(1)), theirs: .sample(4, from: [1, 2, 3])),
            .takeTheirs),
        Row(
            "the engine went back", Question(mine: kept(.sample(3, from: [1, 2])), theirs: .sample(2, from: [1])),
            .proposeMine),
        Row(
            "the engine was restored from long ago",
            Question(mine: kept(.sample(3, from: [1, 2])), theirs: .sample(1)), .proposeMine),
        Row("the engine was emptied", Question(mine: kept(.sample(3, from: [1, 2]))), .proposeMine),
        Row("a desk is founded", Question(), .proposeMine),
        Row(
            "the same version, twice", Question(mine: kept(.sample(2, from: [1])), theirs: .sample(3, from: [1])), .join
        ),
        Row(
            "a higher version that does not come from mine",
            Question(mine: kept(.sample(2, from: [1])), theirs: .sample(4, from: [1, 3])), .join),
        Row(
            "a lower version that mine does not come from",
            Question(mine: kept(.sample(4, from: [1, 3])), theirs: .sample(2, from: [1])), .join),
        Row("another desk", Question(mine: kept(.sample(1)), theirs: .sample(1, epoch: 9)), .otherDesk),
        Row(
            "another desk that is further", Question(mine: kept(.sample(1)), theirs: .sample(2, from: [1], epoch: 9)),
            .otherDesk),
        Row(
            "missed more than a state remembers",
            Question(mine: kept(.sample(2, from: [1])), theirs: .sample(9, version: 400, from: long)), .takeTheirs),
        Row(
            "missed as many, with a change of its own",
            Question(mine: kept(.sample(2, from: [1]), isShared: false), theirs: .sample(9, version: 400, from: long)),
            .join),
        Row(
            "within what a state remembers",
            Question(mine: kept(.sample(2, version: 399)), theirs: .sample(9, version: 400, from: long)), .join),
        Row("a new replica", Question(theirs: .sample(1, overrides: closed)), .takeTheirs),
        Row("a new replica that closed lines", Question(alone: closed, theirs: .sample(1)), .join),
        Row(
            "a new replica with the same closure", Question(alone: closed, theirs: .sample(1, overrides: closed)),
            .takeTheirs),
        Row(
            "a new replica with a longer audit",
            Question(alone: .sample(nextID: 1, auditLines: 3), theirs: .sample(1, overrides: closed)), .join),
    ]

    @Test(arguments: rows)
    func whatAReplicaDoes(_ row: Row<Question, Lineage.Verdict>) {
        let question = row.input
        #expect(Lineage.compare(mine: question.mine, alone: question.alone, theirs: question.theirs) == row.expected)
    }

    @Test func eachReplicaRecognizesItsOwnInAJoinedState() {
        let mine = Self.kept(.sample(2, from: [1]))
        let theirs = SharedState.sample(3, from: [1])
        let joined = theirs.joined(
            with: mine, alone: OverrideState(), policy: .closed, id: .sample(5), by: theirs.author)
        #expect(joined.version == 3)
        #expect(joined.ancestors.last == theirs.id)
        for former in [mine, Self.kept(theirs)] {
            #expect(Lineage.compare(mine: former, alone: OverrideState(), theirs: joined) == .takeTheirs)
        }
        #expect(joined.conflict == nil)
    }

    @Test func aJoinedStateSaysWhoDisagreesUntilItIsSettled() throws {
        let mine = Self.kept(.sample(2, from: [1], overrides: Self.closed, words: "closed all lines"))
        let theirs = SharedState.sample(3, from: [1], words: "opened all lines")
        let joined = theirs.joined(
            with: mine, alone: OverrideState(), policy: .closed, id: .sample(5), by: theirs.author)
        let conflict = try #require(joined.conflict)
        #expect(conflict.here.author.words == "closed all lines")
        #expect(conflict.there.author.words == "opened all lines")
        let later = joined.successor(joined.overrides, id: .sample(6), by: theirs.author)
        #expect(later.conflict == conflict)
        #expect(later.settled(later.overrides, id: .sample(7), by: theirs.author).conflict == nil)
    }

    struct Sides: Sendable {
        let mine: [Override]
        let theirs: [Override]
        var mineIsNewer = true
        var policy = Lineage.ConflictPolicy.closed
    }

    private static let later = Instant.sample.advanced(bySeconds: 60)
    private static let group = Scope.group("demo")

    static let unions: [Row<Sides, [Override]>] = [
        Row(
            "a closure of mine is kept", Sides(mine: [.sample(.closed(says: "A"), id: 4)], theirs: []),
            [.sample(.closed(says: "A"), id: 10)]),
        Row(
            "a closure of theirs too", Sides(mine: [], theirs: [.sample(.closed(says: "A"), id: 4)]),
            [.sample(.closed(says: "A"), id: 4)]),
        Row(
            "one that both have is there once, under its number",
            Sides(mine: [.sample(.closed(says: "A"), id: 4)], theirs: [.sample(.closed(says: "A"), id: 4)]),
            [.sample(.closed(says: "A"), id: 4)]),
        Row(
            "closures of different scopes under one number",
            Sides(mine: [.sample(.closed(says: "A"), id: 4)], theirs: [.sample(.closed(says: "B"), group, id: 4)]),
            [.sample(.closed(says: "B"), group, id: 4), .sample(.closed(says: "A"), id: 10)]),
        Row(
            "closed beats inform",
            Sides(
                mine: [.sample(.inform(says: "A"), id: 4, since: later)], theirs: [.sample(.closed(says: "B"), id: 5)]),
            [.sample(.closed(says: "B"), id: 5)]),
        Row(
            "the one that lasts longer",
            Sides(
                mine: [.sample(.closed(says: "A"), id: 4)], theirs: [.sample(.closed(says: "B"), id: 5, until: later)]),
            [.sample(.closed(says: "A"), id: 10)]),
        Row("an opening of one side only does not count", Sides(mine: [.sample(.forcedOpen, id: 4)], theirs: []), []),
        Row(
            "nor against a closure",
            Sides(mine: [.sample(.forcedOpen, id: 4, since: later)], theirs: [.sample(.closed(says: "B"), id: 5)]),
            [.sample(.closed(says: "B"), id: 5)]),
        Row(
            "an opening of both counts",
            Sides(mine: [.sample(.forcedOpen, id: 4)], theirs: [.sample(.forcedOpen, id: 4)]),
            [.sample(.forcedOpen, id: 4)]),
        Row(
            "greetings of the newer",
            Sides(mine: [.sample(.greeting("A"), id: 4)], theirs: [.sample(.greeting("B"), group, id: 5)]),
            [.sample(.greeting("A"), id: 10)]),
        Row(
            "greetings of the newer, which is theirs",
            Sides(
                mine: [.sample(.greeting("A"), id: 4)], theirs: [.sample(.greeting("B"), group, id: 5)],
                mineIsNewer: false),
            [.sample(.greeting("B"), group, id: 5)]),
        Row(
            "the newest, where the file says so",
            Sides(mine: [.sample(.forcedOpen, id: 4)], theirs: [.sample(.closed(says: "B"), id: 5)], policy: .newest),
            [.sample(.forcedOpen, id: 10)]),
    ]

    @Test(arguments: unions)
    func whatIsInForceByBoth(_ row: Row<Sides, [Override]>) {
        let sides = row.input
        let joined = OverrideState.sample(sides.mine, nextID: 8, auditLines: 5).joined(
            with: .sample(sides.theirs, nextID: 10, auditLines: 7), mineIsNewer: sides.mineIsNewer,
            policy: sides.policy)
        #expect(joined.overrides == row.expected)
        #expect(joined.overrides.allSatisfy { $0.id < joined.nextID })
        #expect(joined.auditLines == 7)
    }

    private static func caller(_ kind: CallerOverride.Kind, id: Int, since: Instant = .sample) -> CallerOverride {
        CallerOverride(
            id: id, kind: kind, caller: "+31612345678", reason: "", who: Operator(user: "anna"), since: since,
            until: nil)
    }

    static let callerRows: [Row<[[CallerOverride]], [CallerOverride]>] = [
        Row("a block of one", [[caller(.blocked(says: "A"), id: 4)], []], [caller(.blocked(says: "A"), id: 10)]),
        Row("an exception of one", [[caller(.allowed, id: 4)], []], []),
        Row("an exception of both", [[caller(.allowed, id: 4)], [caller(.allowed, id: 4)]], [caller(.allowed, id: 4)]),
        Row(
            "a block beats an exception",
            [[caller(.allowed, id: 4, since: later)], [caller(.blocked(says: "A"), id: 5)]],
            [caller(.blocked(says: "A"), id: 5)]),
    ]

    @Test(arguments: callerRows)
    func whoIsBlockedByBoth(_ row: Row<[[CallerOverride]], [CallerOverride]>) {
        let joined = OverrideState.sample(callers: row.input[0], nextID: 8).joined(
            with: .sample(callers: row.input[1], nextID: 10), mineIsNewer: true, policy: .closed)
        #expect(joined.callers.all == row.expected)
    }
}
