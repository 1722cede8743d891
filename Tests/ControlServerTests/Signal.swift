// SPDX-License-Identifier: Apache-2.0

/// Something that happens, for which a test waits; as often as it happened.
struct Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func send() {
        continuation.yield()
    }

    /// Waits until it has happened once more, or the task is cancelled.
    func wait() async {
        var iterator = stream.makeAsyncIterator()
        await iterator.next(isolation: #isolation)
    }
}
