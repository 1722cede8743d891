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
        /// What the engine had when what is kept was last compared with it; all of that is in what is kept.
        ///
        /// A change is proposed on top of this only, so that it never replaces what this replica has not taken in.
        var base: StateID?
        /// The number of the last line of the audit that this disk has.
        var lastLine = 0
        /// The last line of the engine that this disk has, where it has another number here since histories were joined.
        var lastOfOthers: Int?
        var problem: String?
    }

    private struct Sharing {
        let link: any DeskLink
        let store: any SharedStateStore
        /// How often a change is worked out, since another replica may be faster.
        let tries: Int
    }

    /// How many lines of the audit are saved at once.
    private static let linesAtOnce = 500

    init(store: any OverrideStore) {
        self.store = store
    }

    /// Shares all further changes; `kept` is the state of the desk that the disk has, and `lastLine` the number of the last
    /// line of its audit.
    ///
    /// A server that was killed between proposing a change and writing it down has it in force, so the audit gets it now.
    func share(
        through link: any DeskLink, store: any SharedStateStore, kept: KeptShare?, lastLine: Int, tries: Int,
        at now: Instant
    ) throws(OverrideError) {
        let sharing = Sharing(link: link, store: store, tries: tries)
        held.withLock {
            $0.sharing = sharing
            $0.kept = kept
            $0.inForce = kept.map { ReplicaReport.Obeyed($0.state) }
            $0.lastLine = lastLine
        }
        guard let kept, let last = kept.unshared.last, last.number > lastLine else { return }
        try save(kept, lines(of: kept.unshared, at: now), sharing)
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
        case hereOnly(String, isUnsure: Bool)
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
        do throws(OverrideError) {
            for attempt in 1...sharing.tries {
                let next = try work(current)
                guard next.state != current else {
                    let committed = Committed(transition: next, spread: .alone)
                    return Outcome(state: current, result: .success(committed), news: news)
                }
                guard let former = kept else {
                    guard !isForAll else { throw .notShared("the other replicas were not met yet") }
                    try save(next.state, next.audit)
                    let why = Spread.hereOnly("the engine was not reached since the start", isUnsure: false)
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
                    attempt < sharing.tries
                    ? sharing.link.propose(changed, audit: intended.unshared, expecting: held.withLock { $0.base })
                    : .failed("the other replicas change it all the time")
                let why: String
                var isUnsure = false
                switch proposal {
                case .accepted:
                    note(base: changed.id)
                    note(problem: nil)
                    saveShared(intended, at: now, sharing)
                    let spread = Spread.shared(ReplicaReport.Obeyed(changed))
                    return Outcome(
                        state: next.state, result: .success(Committed(transition: next, spread: spread)), news: news)
                case .stale(let theirs):
                    try store(former, [], sharing)
                    switch settle(with: theirs, current, at: now, isProposing: false) {
                    case .unchanged: continue
                    case .adopted(let adopted):
                        current = adopted.state
                        // Before the lines of this change, which come after them.
                        let lines = adopted.news.audit + missingLines(at: now)
                        news.append(DeskNews(words: adopted.news.words, audit: lines))
                        continue
                    case .apart(let reason): why = reason
                    }
                case .failed(let reason): why = reason
                case .unknown(let reason): (why, isUnsure) = (reason, true)
                }
                guard !isForAll else {
                    try store(former, [], sharing)
                    throw .notShared(why)
                }
                try save(intended, lines(of: next.audit, at: now), sharing)
                let spread = Spread.hereOnly(why, isUnsure: isUnsure)
                return Outcome(
                    state: next.state, result: .success(Committed(transition: next, spread: spread)), news: news)
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
        noteLines(audit)
    }

    private func save(
        _ share: KeptShare, _ audit: [AuditEntry], _ sharing: Sharing
    ) throws(OverrideError) {
        try store(share, audit, sharing)
        held.withLock { $0.kept = share }
        noteLines(audit)
    }

    /// Notes that the disk has lines of the audit.
    private func noteLines(_ audit: [AuditEntry]) {
        held.withLock { $0.lastLine = max($0.lastLine, audit.last?.number ?? 0) }
    }

    /// Notes that the others have a state which the disk has already.
    ///
    /// Where that fails, the next look at the engine repeats it.
    private func saveShared(_ intended: KeptShare, at now: Instant, _ sharing: Sharing) {
        do throws(OverrideError) {
            try save(intended.shared, lines(of: intended.unshared, at: now), sharing)
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

    /// New lines of this replica, after a note where lines of others are missing before them.
    private func lines(of new: [AuditEntry], at now: Instant) -> [AuditEntry] {
        new.following(held.withLock { $0.lastLine }, upTo: new.last?.number ?? 0, at: now)
    }

    private func note(base: StateID?, lastOfOthers: Int? = nil) {
        held.withLock {
            $0.base = base
            $0.lastOfOthers = lastOfOthers
        }
    }

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

    /// What a look at the engine's state led to.
    enum Settled {
        /// What is in force stays so.
        case unchanged
        case adopted(Adopted)
        /// What the engine has is not in what is kept, for this reason, so nothing may be proposed on top of it.
        case apart(String)
    }

    /// Takes what the engine has, or gives it what it lacks.
    ///
    /// `current` is the state in force. Without `isProposing` only what the engine has is looked at. Of a state that is
    /// taken, the lines of the audit are left to ``missingLines(at:)``, since a closure does not wait for them.
    func settle(
        with theirs: SharedState?, _ current: OverrideState, at now: Instant, isProposing: Bool = true
    ) -> Settled {
        guard let sharing = held.withLock({ $0.sharing }) else { return .unchanged }
        do throws(OverrideError) {
            let settled: Settled
            switch (Lineage.compare(mine: kept, alone: current, theirs: theirs), theirs) {
            case (.same, _):
                note(base: theirs?.id)
                if let kept, !kept.isShared { try save(kept.shared, lines(of: kept.unshared, at: now), sharing) }
                settled = .unchanged
            case (.takeTheirs, let theirs?):
                try save(KeptShare(theirs, isShared: true), [], sharing)
                note(base: theirs.id)
                settled = .adopted(
                    Adopted(
                        state: theirs.overrides, news: DeskNews(words: theirs.author.sentence, audit: [])))
            case (.join, let theirs?):
                guard let adopted = try join(theirs, current, at: now, sharing) else { return .unchanged }
                settled = .adopted(adopted)
            case (.proposeMine, _), (.takeTheirs, nil), (.join, nil):
                // What is kept comes from what the engine has.
                note(base: theirs?.id, lastOfOthers: held.withLock { $0.lastOfOthers })
                guard isProposing else { return .unchanged }
                guard let adopted = try proposeAgain(insteadOf: theirs, current, at: now, sharing) else {
                    return .unchanged
                }
                settled = adopted
            case (.otherDesk, _):
                throw .notShared(
                    "the engine has a desk of the same name that was founded by \(theirs?.author.replica.text ?? "?"); "
                        + "nothing is taken from it")
            }
            note(problem: nil)
            return settled
        } catch {
            let why = if case .notShared(let why) = error { why } else { error.description }
            note(problem: why)
            return .apart(why)
        }
    }

    /// Whether the audit of this replica lacks lines of the state that is kept.
    var lacksLines: Bool {
        held.withLock { held in held.kept.map { $0.state.overrides.auditLines > held.lastLine } ?? false }
    }

    /// Saves the lines of the audit that other replicas wrote, and returns them.
    ///
    /// Where the engine does not answer or the disk is full, the next look at the engine repeats it.
    func missingLines(at now: Instant) -> [AuditEntry] {
        let (sharing, kept, last) = held.withLock { ($0.sharing, $0.kept, $0.lastLine) }
        guard let sharing, let kept, kept.state.overrides.auditLines > last,
            let found = sharing.link.lines(after: last - 1)
        else { return [] }
        let lines = found.following(last, upTo: kept.state.overrides.auditLines, at: now)
        for start in stride(from: 0, to: lines.count, by: Self.linesAtOnce) {
            do throws(OverrideError) {
                try save(kept, Array(lines[start..<min(start + Self.linesAtOnce, lines.count)]), sharing)
            } catch {
                note(problem: error.description)
                return Array(lines[..<start])
            }
        }
        return lines
    }

    /// Gives the engine what it lost, or what it did not know while it was away; founds the desk in an empty engine.
    ///
    /// Returns `nil` where the engine did not take it.
    private func proposeAgain(
        insteadOf theirs: SharedState?, _ current: OverrideState, at now: Instant, _ sharing: Sharing
    ) throws(OverrideError) -> Settled? {
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
        note(base: mine.state.id)
        try save(mine.shared, [], sharing)
        guard let former else { return .unchanged }
        let words =
            former.isShared
            ? "The engine \(theirs.map { "went back to v\($0.version)" } ?? "was empty"); v\(mine.state.version) is restored."
            : "The other replicas know now what was changed here only: v\(mine.state.version)."
        return .adopted(Adopted(state: mine.state.overrides, news: DeskNews(words: words, audit: [])))
    }

    /// Joins two histories; returns `nil` where another replica was faster, usually with the same.
    ///
    /// Each replica gets the lines that it lacks, under numbers that neither has used.
    private func join(
        _ theirs: SharedState, _ current: OverrideState, at now: Instant, _ sharing: Sharing
    ) throws(OverrideError) -> Adopted? {
        let former = kept
        let unshared = former?.unshared ?? []
        let base = held.withLock { $0.lastOfOthers } ?? unshared.first.map { $0.number - 1 } ?? current.auditLines
        guard let found = former == nil ? [] : sharing.link.lines(after: base) else {
            throw .notShared("the engine did not answer")
        }
        // A change that got no answer may have arrived.
        let (mine, others) = (unshared.without(found), found.without(unshared))
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
        let missed = [AuditEntry]().following(held.withLock { $0.lastLine }, upTo: current.auditLines, at: now)
        let here = missed + others.numbered(from: next) + [entry]
        switch sharing.link.propose(joined, audit: toEngine, expecting: theirs.id) {
        case .accepted:
            try save(KeptShare(joined, isShared: true), here, sharing)
            note(base: joined.id)
        case .failed, .unknown:
            // What the engine has may be more restrictive, so it counts here at once.
            try save(KeptShare(joined, unshared: toEngine, isShared: false), here, sharing)
            note(base: theirs.id, lastOfOthers: theirs.overrides.auditLines)
        case .stale: return nil
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
    /// Those that are not among others, under whatever number.
    fileprivate func without(_ others: [AuditEntry]) -> [AuditEntry] {
        let known = Set(others.map { $0.numbered(0) })
        return filter { !known.contains($0.numbered(0)) }
    }

    /// The same lines under other numbers.
    fileprivate func numbered(from first: Int) -> [AuditEntry] {
        enumerated().map { index, entry in entry.numbered(first + index) }
    }
}

extension AuditEntry {
    fileprivate func numbered(_ number: Int) -> AuditEntry {
        AuditEntry(number: number, at: at, who: who, content: content)
    }
}
