// SPDX-License-Identifier: Apache-2.0

/// Runs work that has a time limit of its own, and abandons it if it does not keep to that; `nil` is returned then.
///
/// The work is cancelled, but not waited for: a client library that ignores its deadline must not hold up a call.
func withTimeLimit<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    let (results, first) = AsyncStream.makeStream(of: Value?.self, bufferingPolicy: .bufferingOldest(1))
    let working = Task { first.yield(await work()) }
    let timer = Task {
        do {
            try await Task.sleep(for: limit)
            first.yield(nil)
        } catch {
            // The work was done in time.
        }
    }
    defer {
        working.cancel()
        timer.cancel()
    }
    for await result in results { return result }
    // The task that waited was cancelled.
    return nil
}
