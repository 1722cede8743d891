// SPDX-License-Identifier: Apache-2.0

/// Shares out the processors: whoever asks for all of them runs alone. First come, first served.
actor Processors {
    private var free: Int
    private var waiting: [(count: Int, turn: CheckedContinuation<Void, Never>)] = []

    init(count: Int) {
        free = count
    }

    func use<Value>(_ count: Int, _ work: () async throws -> Value) async rethrows -> Value {
        await take(count)
        defer { giveBack(count) }
        return try await work()
    }

    private func take(_ count: Int) async {
        if waiting.isEmpty, free >= count {
            free -= count
        } else {
            await withCheckedContinuation { waiting.append((count, $0)) }
        }
    }

    private func giveBack(_ count: Int) {
        free += count
        while let next = waiting.first, next.count <= free {
            free -= next.count
            waiting.removeFirst().turn.resume()
        }
    }
}
