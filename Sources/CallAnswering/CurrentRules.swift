// SPDX-License-Identifier: Apache-2.0

import Calls
package import Contacts
import Dispatch
import Overrides
package import Rules
import Signatures
import Synchronization

/// What calls are answered with now; a new rules file or new overrides replace it at once and whole.
package final class CurrentRules: Sendable {
    private let held: Mutex<Snapshot>
    /// Held while the next snapshot is made, so that of two changes at once none is lost; answering never asks for it.
    private let archive = Mutex(Archive())
    private let reaper = Reaper()

    /// What one call is answered with from beginning to end; one reference, since every call takes it.
    package final class Snapshot: Sendable {
        package let policy: CallPolicy
        /// Explains the decisions of the policy.
        package let explainer: Explainer
        /// The contacts that belong to the same file.
        package let contacts: ContactDirectory
        /// Checks signatures; `nil` answers unsigned requests too.
        let verifier: SignatureVerifier?
        /// Counts the rules files.
        fileprivate let file: Int

        fileprivate init(_ policy: CallPolicy, contacts: ContactDirectory, verifier: SignatureVerifier?, file: Int) {
            self.policy = policy
            explainer = Explainer(policy)
            self.contacts = contacts
            self.verifier = verifier
            self.file = file
        }

        /// The same with another verifier.
        fileprivate init(_ other: Snapshot, verifier: SignatureVerifier?) {
            policy = other.policy
            explainer = other.explainer
            contacts = other.contacts
            self.verifier = verifier
            file = other.file
        }
    }

    package init(_ rules: CompiledRules, contacts: ContactDirectory = ContactDirectory(sources: [])) {
        held = Mutex(Snapshot(CallPolicy(rules), contacts: contacts, verifier: nil, file: 0))
    }

    package var current: Snapshot { held.withSpinThenLock { $0 } }

    /// Answers with another rules file from now on; the overrides stay.
    func use(_ rules: CompiledRules, contacts: ContactDirectory) {
        replace {
            Snapshot(
                CallPolicy(rules, overrides: $0.policy.overrides), contacts: contacts, verifier: $0.verifier,
                file: $0.file + 1)
        }
    }

    /// Answers with other overrides from now on; the file stays, and is not compiled again.
    func use(_ overrides: ActiveOverrides) {
        replace {
            Snapshot(
                CallPolicy($0.policy.compiled, overrides: overrides), contacts: $0.contacts, verifier: $0.verifier,
                file: $0.file)
        }
    }

    /// Checks signatures with another verifier from now on; rules and overrides stay.
    func use(_ verifier: SignatureVerifier?) {
        // Nothing is retired: the new snapshot has all that the old one had.
        archive.withLock { _ in
            let next = Snapshot(current, verifier: verifier)
            held.withLock { $0 = next }
        }
    }

    private func replace(_ next: (Snapshot) -> Snapshot) {
        let (old, forgotten) = archive.withLock { archive in
            let old = current
            let next = next(old)
            held.withLock { $0 = next }
            return (old, archive.add(old))
        }
        reaper.retire(old, forgotten)
    }

    /// The replaced policies that *why* can still ask, within bounds: a rules file may list a million numbers.
    private struct Archive {
        /// Enough for an operator who tries several texts while calls come in.
        private static let mostPolicies = 32
        /// The file in use and the two before it.
        private static let mostFiles = 3

        private var entries: [(explainer: Explainer, file: Int)] = []

        /// Adds a replaced snapshot and returns the policies that are too many.
        mutating func add(_ snapshot: Snapshot) -> [CallPolicy] {
            entries.append((snapshot.explainer, snapshot.file))
            let surplus = entries.prefix(max(0, entries.count - Self.mostPolicies))
            let tooOld = entries.dropFirst(surplus.count).prefix { $0.file <= snapshot.file - Self.mostFiles + 1 }
            let forgotten = (surplus + tooOld).compactMap { $0.explainer.forget() }
            entries.removeFirst(surplus.count + tooOld.count)
            return forgotten
        }
    }
}

/// Takes retired rules apart on a queue of its own.
///
/// Freeing a list of 200 000 numbers takes a tenth of a second and more. A call in flight may hold the last reference to
/// retired rules, so the reaper keeps one too, and drops it once no one else has any.
private final class Reaper: Sendable {
    private let queue = DispatchQueue(label: "switchboard.reaper", qos: .utility)
    private let state = Mutex(State())

    private struct State {
        var snapshots: [CurrentRules.Snapshot] = []
        var policies: [CallPolicy] = []
        var isSweeping = false

        var isEmpty: Bool { snapshots.isEmpty && policies.isEmpty }
    }

    /// How long references of calls in flight are given before the next look.
    private static let pause = DispatchTimeInterval.milliseconds(250)

    /// Takes over a snapshot and policies that no new references are made of.
    func retire(_ snapshot: CurrentRules.Snapshot, _ policies: [CallPolicy]) {
        let mustStart = state.withLock { state in
            state.snapshots.append(snapshot)
            state.policies += policies
            defer { state.isSweeping = true }
            return !state.isSweeping
        }
        if mustStart { sweepLater() }
    }

    private func sweepLater() {
        queue.asyncAfter(deadline: .now() + Self.pause) { [self] in
            // Freed here, not under the lock. Snapshots first, since they refer to policies.
            _ = state.withLock { $0.snapshots.removeUnique() }
            _ = state.withLock { $0.policies.removeUnique() }
            let isDone = state.withLock { state in
                state.isSweeping = !state.isEmpty
                return !state.isSweeping
            }
            if !isDone { sweepLater() }
        }
    }
}

extension Array where Element: AnyObject {
    /// Removes the objects that nothing else refers to.
    ///
    /// `Element` has to be a class: of an existential the check would see a copy, and never a unique reference.
    fileprivate mutating func removeUnique() -> [Element] {
        var free: [Element] = []
        for index in indices.reversed() where isKnownUniquelyReferenced(&self[index]) { free.append(remove(at: index)) }
        return free
    }
}
