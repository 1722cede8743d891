// SPDX-License-Identifier: Apache-2.0

import Signatures
import Synchronization

/// Which webhooks were handed to other servers, so that one that is replayed while its signature is valid reaches them once.
///
/// Bounded: the older of two generations is forgotten when the younger is full, and not before its webhooks are too old to be
/// accepted, unless more come than are remembered.
final class Replays: Sendable {
    fileprivate struct Generation {
        var startedAt: UInt64
        /// The reply that was given; `nil` for a notice, whose reply nobody waits for.
        var known: [WebhookDigest: Reply?] = [:]
        var bytes = 0
    }

    fileprivate struct State {
        var young: Generation
        var old: Generation
        /// Tool calls that are on their way, and the replays that wait for the same reply.
        var asking: [WebhookDigest: [CheckedContinuation<Reply, Never>]] = [:]
    }

    /// How long a webhook is accepted, in nanoseconds: its timestamp may be as far ahead as it may be old.
    fileprivate static let lifetime: UInt64 = 600_000_000_000
    /// How many webhooks a generation remembers.
    fileprivate static let most = 32_768
    /// How many bytes of replies a generation keeps.
    fileprivate static let mostBytes = 4 << 20

    private let state: Mutex<State>
    private let ticks: @Sendable () -> UInt64

    init(ticks: @escaping @Sendable () -> UInt64) {
        self.ticks = ticks
        let empty = Generation(startedAt: ticks())
        state = Mutex(State(young: empty, old: empty))
    }

    /// Notes a webhook that is to be forwarded; `false` if it came before.
    func isFirst(_ digest: WebhookDigest) -> Bool {
        let now = ticks()
        return state.withLock { state in
            guard state.reply(to: digest) == nil else { return false }
            state.remember(nil, of: digest, at: now)
            return true
        }
    }

    /// What came of asking for a reply.
    struct Outcome: Sendable {
        let reply: Reply
        /// Whether the other server may have had the webhook; otherwise a replay may ask again.
        let wasAsked: Bool
    }

    /// Asks for the reply to a webhook, or returns the one that it got when it came before.
    func reply(to digest: WebhookDigest, from ask: () async -> Outcome) async -> Reply {
        let isFirst = state.withLock { state in
            guard state.asking[digest] == nil, state.reply(to: digest) == nil else { return false }
            state.asking[digest] = []
            return true
        }
        guard isFirst else { return await earlierReply(to: digest) }
        let outcome = await ask()
        let now = ticks()
        let waiting = state.withLock { state in
            if outcome.wasAsked { state.remember(outcome.reply, of: digest, at: now) }
            return state.asking.removeValue(forKey: digest) ?? []
        }
        for continuation in waiting { continuation.resume(returning: outcome.reply) }
        return outcome.reply
    }

    private func earlierReply(to digest: WebhookDigest) async -> Reply {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state -> Reply? in
                if state.asking[digest] != nil {
                    state.asking[digest]?.append(continuation)
                    return nil
                }
                // It was forgotten, or not asked for, in this very moment.
                return (state.reply(to: digest) ?? nil) ?? .toolsFailed
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}

extension Replays.State {
    fileprivate func reply(to digest: WebhookDigest) -> Reply?? {
        young.known[digest] ?? old.known[digest]
    }

    fileprivate mutating func remember(_ reply: Reply?, of digest: WebhookDigest, at now: UInt64) {
        let size = reply?.body.count ?? 0
        if young.known.count >= Replays.most || young.bytes + size > Replays.mostBytes
            || now &- young.startedAt > Replays.lifetime
        {
            old = young
            young = Replays.Generation(startedAt: now)
        }
        young.known[digest] = .some(reply)
        young.bytes += size
    }
}
