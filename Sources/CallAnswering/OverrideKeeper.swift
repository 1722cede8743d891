// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Sharing
import Synchronization

/// Saves what operators change: on this disk, and with the other replicas of the desk where there are any.
///
/// Used on the queue of the overrides only. A change is on this disk before it is proposed, so that nothing is in force
/// anywhere that this replica would not find after a restart.
final class OverrideKeeper: Sendable {
    private let store: any OverrideStore
    private let held = Mutex(Held())

    private struct Held {
        var sharing: Sharing?
        var kept: KeptShare?
        /// The state that callers get.
        var inForce: ReplicaReport.Obeyed?
        /// The state that the engine was last seen with.
        var engine: StateID?
        var problem: String?
    }

    private struct Sharing {
        let link: any DeskLink
        let store: any SharedStateStore
    }

    /// How often a change is worked out again since another replica was faster.
    private static let mostTries = 8

    init(store: any OverrideStore) {
        self.store = store
    }

    /// Shares all further changes; `kept` is the state of the desk that the disk has.
    func share(through link: any DeskLink, store: any SharedStateStore, kept: KeptShare?) {
        held.withLock {
            $0.sharing = Sharing(link: link, store: store)
            $0.kept = kept
            $0.inForce = kept.map { ReplicaReport.Obeyed($0.state) }
        }
    }

    /// What this replica has of the desk; `nil` for a server of its own, or one that has not met the others.
    var kept: KeptShare? { held.withLock { $0.kept } }

    /// The state that callers get; it may be older than what the disk has for a moment.
    var inForce: ReplicaReport.Obeyed? { held.withLock { $0.inForce } }

    /// Notes that callers get what is kept.
    func noteInForce() { held.withLock { held in held.inForce = held.kept.map { ReplicaReport.Obeyed($0.state) } } }

    var link: (any DeskLink)? { held.withLock { $0.sharing?.link } }

    /// Why the newest state of the desk is not used here; `nil` where it is.
    var problem: String? { held.withLock { $0.problem } }

    /// What became of a change.
    struct Outcome {
        /// The state that is in force now.
        let state: OverrideState
        let result: Result<Committed, OverrideError>
        /// What other replicas did in the meantime, the oldest first.
        let news: [DeskNews]
    }

    struct Committed {
        let transition: OverrideTransition
        let spread: Spread
    }

    /// Who has a change.
    enum Spread {
        /// There is only one replica.
        case alone
        case shared(ReplicaReport.Obeyed)
        /// Only this replica, for this reason.
        case hereOnly(String)
    }

    /// Works a change out and saves it; works it out again on what another replica changed first.
    ///
    /// `isForAll` is whether the change is dropped where the others cannot know it.
    func commit(
        from state: OverrideState, by who: Operator?, at now: Instant, isForAll: Bool = false,
        _ work: (OverrideState) throws(OverrideError) -> OverrideTransition
    ) -> Outcome {
        guard let sharing = held.withLock({ $0.sharing }) else {
            return Outcome(state: state, result: commitAlone(state, work), news: [])
        }
        var current = state
        var news: [DeskNews] = []
        var last: String?
        do throws(OverrideError) {
            for attempt in 1...Self.mostTries {
                let next = try work(current)
                guard next.state != current else {
                    let committed = Committed(transition: next, spread: .alone)
                    return Outcome(state: current, result: .success(committed), news: news)
                }
                guard let former = kept else {
                    guard !isForAll else { throw .notShared("the other replicas were not met yet") }
                    try save(next.state, next.audit)
                    let why = Spread.hereOnly("the engine was not reached since the start")
                    return Outcome(
                        state: next.state, result: .success(Committed(transition: next, spread: why)), news: news)
                }
                let author = SharedState.Author(
                    at: now, replica: sharing.link.replica, who: who, words: next.outcome.words)
                // Whoever closes or opens lines after two histories were joined has seen what holds, and decides.
                let changed =
                    who == nil || next.outcome.isEmpty
                    ? former.state.successor(next.state, id: .random(), by: author)
                    : former.state.settled(next.state, id: .random(), by: author)
                let intended = KeptShare(changed, unshared: former.unshared + next.audit, isShared: false)
                try store(intended, [], sharing)
                let proposal =
                    attempt < Self.mostTries
                    ? sharing.link.propose(changed, audit: intended.unshared, expecting: held.withLock { $0.engine })
                    : .failed(problem ?? "the other replicas change it all the time")
                switch proposal {
                case .accepted:
                    note(changed.id)
                    note(problem: nil)
                    saveShared(intended, sharing)
                    let spread = Spread.shared(ReplicaReport.Obeyed(changed))
                    return Outcome(
                        state: next.state, result: .success(Committed(transition: next, spread: spread)), news: news)
                case .stale(let theirs):
                    try store(former, [], sharing)
                    note(theirs?.id)
                    guard let adopted = settle(with: theirs, current, at: now, isProposing: false) else { continue }
                    current = adopted.state
                    news.append(adopted.news)
                case .failed(let why):
                    guard !isForAll else {
                        try store(former, [], sharing)
                        throw .notShared(why)
                    }
                    try save(intended, next.audit, sharing)
                    last = why
                }
                if let last {
                    return Outcome(
                        state: next.state,
                        result: .success(Committed(transition: next, spread: .hereOnly(last))), news: news)
                }
            }
            throw .notShared("the other replicas change it all the time")
        } catch {
            return Outcome(state: current, result: .failure(error), news: news)
        }
    }

    private func commitAlone(
        _ state: OverrideState, _ work: (OverrideState) throws(OverrideError) -> OverrideTransition
    ) -> Result<Committed, OverrideError> {
        do throws(OverrideError) {
            let next = try work(state)
            try save(next.state, next.audit)
            return .success(Committed(transition: next, spread: .alone))
        } catch {
            return .failure(error)
        }
    }

    private func save(_ state: OverrideState, _ audit: [AuditEntry]) throws(OverrideError) {
        do throws(OverrideStoreError) {
            try store.keep(state, audit: audit)
        } catch {
            throw .notDurable(error.description)
        }
    }

    private func save(_ share: KeptShare, _ audit: [AuditEntry], _ sharing: Sharing) throws(OverrideError) {
        try store(share, audit, sharing)
        held.withLock { $0.kept = share }
    }

    /// Notes that the others have a state which the disk has already.
    ///
    /// Where that fails, the next look at the engine repeats it.
    private func saveShared(_ intended: KeptShare, _ sharing: Sharing) {
        do throws(OverrideError) {
            try save(intended.shared, intended.unshared, sharing)
        } catch {
            held.withLock { $0.kept = intended }
        }
    }

    /// Saves a state that may not come into force.
    private func store(_ share: KeptShare, _ audit: [AuditEntry], _ sharing: Sharing) throws(OverrideError) {
        do throws(OverrideStoreError) {
            try sharing.store.keep(share, audit: audit)
        } catch {
            throw .notDurable(error.description)
        }
    }

    private func note(_ engine: StateID?) { held.withLock { $0.engine = engine } }

    private func note(problem: String?) { held.withLock { $0.problem = problem } }
}

/// What another replica did, or what became of a change that only this one knew.
struct DeskNews {
    let words: String
    let audit: [AuditEntry]
}

extension OverrideKeeper {
    /// A state that came from elsewhere.
    struct Adopted {
        let state: OverrideState
        let news: DeskNews
    }

    /// Takes what the engine has, or gives it what it lacks; `nil` if nothing changes here.
    ///
    /// `current` is the state in force. Without `isProposing` only what the engine has is looked at.
    func settle(
        with theirs: SharedState?, _ current: OverrideState, at now: Instant, isProposing: Bool = true
    ) -> Adopted? {
        guard let sharing = held.withLock({ $0.sharing }) else { return nil }
        note(theirs?.id)
        do throws(OverrideError) {
            switch (Lineage.compare(mine: kept, alone: current, theirs: theirs), theirs) {
            case (.same, _):
                if let kept, !kept.isShared { try save(kept.shared, kept.unshared, sharing) }
                note(problem: nil)
                return nil
            case (.takeTheirs, let theirs?):
                let adopted = try take(theirs, current, sharing)
                note(problem: nil)
                return adopted
            case (.join, let theirs?):
                let adopted = try join(theirs, current, at: now, sharing)
                note(problem: nil)
                return adopted
            case (.proposeMine, _), (.takeTheirs, nil), (.join, nil):
                return isProposing ? try proposeAgain(insteadOf: theirs, current, at: now, sharing) : nil
            case (.otherDesk, _):
                note(
                    problem:
                        "the engine has a desk of the same name that was founded by \(theirs?.author.replica.text ?? "?"); "
                        + "nothing is taken from it")
                return nil
            }
        } catch {
            note(problem: error.description)
            return nil
        }
    }

    private func take(
        _ theirs: SharedState, _ current: OverrideState, _ sharing: Sharing
    ) throws(OverrideError) -> Adopted {
        let lines =
            theirs.overrides.auditLines > current.auditLines
            ? sharing.link.lines(after: current.auditLines).filter { $0.number <= theirs.overrides.auditLines } : []
        try save(KeptShare(theirs, isShared: true), lines, sharing)
        return Adopted(state: theirs.overrides, news: DeskNews(words: theirs.author.sentence, audit: lines))
    }

    /// Gives the engine what it lost, or what it did not know while it was away; founds the desk in an empty engine.
    private func proposeAgain(
        insteadOf theirs: SharedState?, _ current: OverrideState, at now: Instant, _ sharing: Sharing
    ) throws(OverrideError) -> Adopted? {
        let former = kept
        let mine =
            former
            ?? KeptShare(
                .founding(
                    current, epoch: .random(), id: .random(),
                    by: SharedState.Author(
                        at: now, replica: sharing.link.replica, who: nil, words: "the desk was founded")),
                isShared: false)
        guard sharing.link.propose(mine.state, audit: mine.unshared, expecting: theirs?.id) == .accepted else {
            return nil
        }
        note(mine.state.id)
        try save(mine.shared, [], sharing)
        note(problem: nil)
        guard let former else { return nil }
        let words =
            former.isShared
            ? "The engine \(theirs.map { "went back to v\($0.version)" } ?? "was empty"); v\(mine.state.version) is restored."
            : "The other replicas know now what was changed here only: v\(mine.state.version)."
        return Adopted(state: mine.state.overrides, news: DeskNews(words: words, audit: []))
    }

    /// Joins two histories.
    ///
    /// Each replica gets the lines that it lacks, under numbers that neither has used.
    private func join(
        _ theirs: SharedState, _ current: OverrideState, at now: Instant, _ sharing: Sharing
    ) throws(OverrideError) -> Adopted? {
        let former = kept
        let mine = former?.unshared ?? []
        let base = mine.first.map { $0.number - 1 } ?? current.auditLines
        let others = former == nil ? [] : sharing.link.lines(after: base)
        let next = max(current.auditLines, theirs.overrides.auditLines) + 1
        let noteLine = next + max(mine.count, others.count)
        let author = SharedState.Author(
            at: now, replica: sharing.link.replica, who: nil,
            words: former == nil ? "\(sharing.link.replica) joined the desk" : "two histories of the desk were joined")
        let union = theirs.joined(
            with: former, alone: current, policy: sharing.link.policy, id: .random(), by: author)
        let words = union.conflict.flatMap { union.conflict == theirs.conflict ? nil : $0.sentence } ?? author.words
        let entry = AuditEntry(number: noteLine, at: now.inWholeMilliseconds, who: nil, content: .note(words))
        let joined = union.with(auditLines: noteLine)
        let toEngine = mine.numbered(from: next) + [entry]
        let here = others.numbered(from: next) + [entry]
        switch sharing.link.propose(joined, audit: toEngine, expecting: theirs.id) {
        case .accepted:
            note(joined.id)
            try save(KeptShare(joined, isShared: true), here, sharing)
        case .failed:
            // What the engine has may be more restrictive, so it counts here at once.
            try save(KeptShare(joined, unshared: toEngine, isShared: false), here, sharing)
        case .stale(let newer):
            // Another replica was faster, usually with the same.
            note(newer?.id)
            return nil
        }
        return Adopted(state: joined.overrides, news: DeskNews(words: words, audit: here))
    }
}

extension SharedConflict {
    /// Who disagrees: `two histories were joined: anna closed all lines at eu-1; jan opened all lines at eu-2`.
    fileprivate var sentence: String {
        "two histories of the desk were joined: \(here.author.sentence); \(there.author.sentence)"
    }
}

extension SharedState {
    fileprivate func with(auditLines: Int) -> SharedState {
        SharedState(
            epoch: epoch, version: version, id: id, ancestors: ancestors, author: author,
            overrides: OverrideState(
                overrides: overrides.overrides, changes: overrides.changes, callers: overrides.callers,
                nextID: overrides.nextID, auditLines: auditLines),
            conflict: conflict)
    }
}

extension [AuditEntry] {
    /// The same lines under other numbers.
    fileprivate func numbered(from first: Int) -> [AuditEntry] {
        enumerated().map { index, entry in
            AuditEntry(number: first + index, at: entry.at, who: entry.who, content: entry.content)
        }
    }
}
