// SPDX-License-Identifier: Apache-2.0

/// The pieces of a stream, from a test.
actor Feed {
    private let pieces: AsyncStream<[UInt8]>

    init(_ pieces: AsyncStream<[UInt8]>) {
        self.pieces = pieces
    }

    /// Waits for the next piece; `nil` at the end, or when the task is cancelled.
    func next() async -> [UInt8]? {
        for await piece in pieces { return piece }
        return nil
    }
}
