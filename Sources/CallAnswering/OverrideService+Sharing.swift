// SPDX-License-Identifier: Apache-2.0

import Calls
import Dispatch
import Overrides
package import Sharing

// The overrides of a desk of several replicas.

extension OverrideService {
    /// Shares all further changes with the other replicas; `kept` is the state of the desk that the disk has, and `lastLine`
    /// the number of the last line of its audit, 0 for none.
    ///
    /// To be called before the first command. `tries` is how often a change is worked out: where it has to be done again,
    /// another replica got its change through, so that this many are hardly ever needed.
    package func share(
        through link: any DeskLink, store: any SharedStateStore, kept: KeptShare?, lastLine: Int, tries: Int = 32
    ) {
        do throws(OverrideError) {
            try keeper.share(
                through: link, store: store, kept: kept, lastLine: lastLine, tries: tries, at: clock.now())
        } catch {
            announce("The audit may lack what was changed last: \(error).")
        }
    }

    /// Takes the state that the engine has, or gives the engine what it lacks; returns once that is done.
    package func receive(_ theirs: SharedState?) async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.settle(with: theirs)
                continuation.resume()
            }
        }
    }

    private func settle(with theirs: SharedState?) {
        var problem: String?
        var news: DeskNews?
        switch keeper.settle(with: theirs, state, at: clock.now()) {
        case .unchanged, .apart: keeper.noteInForce()
        case .adopted(let adopted):
            problem = put(adopted.state, warnings: [])
            news = adopted.news
        }
        let lines = keeper.missingLines(at: clock.now())
        if let news {
            announce(news.words, news.audit + lines)
        } else if !lines.isEmpty {
            announce("\(CountText.words(lines.count, "line")) by other replicas added to the audit.", lines)
        }
        if let problem { announce(problem) }
    }

    /// Whether the audit of this replica lacks lines that others wrote.
    package var lacksAudit: Bool { keeper.lacksLines }

    /// The state of the desk that this replica keeps; `nil` before the others were met.
    package var share: KeptShare? { keeper.kept }

    /// The state of the desk that callers get; `nil` before the others were met.
    package var obeyed: ReplicaReport.Obeyed? { keeper.inForce }

    /// Why the newest state of the desk is not in force here, as a sentence; `nil` where it is.
    package var sharingProblem: String? { keeper.problem }

    /// Adds to a result which replicas have it, as soon as that is known.
    func noteReach(
        of result: OverrideResult, _ spread: OverrideKeeper.Spread, since started: UInt64,
        then report: @escaping @Sendable (OverrideResult) -> Void
    ) {
        guard let link = keeper.link, !result.isEmpty else { return report(result) }
        switch spread {
        case .alone: report(result)
        case .hereOnly(let why, let isUnsure):
            let count = link.others + 1
            let milliseconds = Int((clock.ticks() - started) / 1_000_000)
            report(
                result.adding(
                    ChangeReach(
                        version: keeper.kept?.state.version, obeying: 1, of: count, milliseconds: milliseconds,
                        hereOnly: why, isUnsure: isUnsure)))
        case .shared(let obeyed):
            Task { report(result.adding(await link.reach(of: obeyed, since: started))) }
        }
    }
}
