// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// When a connection runs out of time: it is silent too long, or it drips a request too slowly.
package struct ConnectionExpiry: Equatable, Sendable {
    package let at: NIODeadline
    package let why: Reason

    /// Why a connection runs out of time.
    package enum Reason: Sendable {
        case idle
        case slowRequest
    }

    /// Works the moment out from the newest byte and from the first byte of a request that is not complete yet.
    package init(limits: ServerLimits, newest: UInt64, requestSince: UInt64?) {
        let idle = NIODeadline.uptimeNanoseconds(newest) + limits.idle
        guard let since = requestSince, NIODeadline.uptimeNanoseconds(since) + limits.request < idle else {
            at = idle
            why = .idle
            return
        }
        at = NIODeadline.uptimeNanoseconds(since) + limits.request
        why = .slowRequest
    }
}
