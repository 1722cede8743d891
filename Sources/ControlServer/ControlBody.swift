// SPDX-License-Identifier: Apache-2.0

/// The body of a reply.
package enum ControlBody: Sendable {
    /// Gives the next piece of a stream once there is one; `nil` ends the stream.
    ///
    /// It is asked for a piece only when the client has taken the ones before, but for some 64 KiB that are on the way, and
    /// never twice at once. Its task is cancelled when the client goes away or the server stops; then it returns at once.
    /// A stream that is not being asked at that moment is not asked again: what it holds is let go with the closure.
    package typealias NextPiece = @Sendable () async -> [UInt8]?

    /// Everything at once.
    case bytes([UInt8])
    /// Piece by piece, for as long as it takes.
    case stream(NextPiece)
}
