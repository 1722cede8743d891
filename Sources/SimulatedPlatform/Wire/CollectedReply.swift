// SPDX-License-Identifier: Apache-2.0

/// A whole reply, and whether the connection ends behind it.
struct CollectedReply: Sendable {
    let status: Int
    let body: [UInt8]
    let isLast: Bool
}
