// SPDX-License-Identifier: Apache-2.0

/// Why a connection brought no reply.
enum ReplyFailure: Error, Equatable {
    case late
    /// The connection was closed before one byte of a reply: an idle one may just have run out of time.
    case closedUnanswered
    case closedHalfway
    case notHTTP(String)
    case tooLarge
}
