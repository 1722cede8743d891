// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// When a connection runs out of time: it is silent too long, or it drips a request too slowly.
struct ConnectionExpiry: Equatable {
    let at: NIODeadline
    let why: Reason

    /// Why a connection runs out of time.
    enum Reason {
        case idle
        case slowRequest
    }

    /// Works the moment out from the newest byte and from the first byte of a request that is not complete yet.
    init(limits: ServerLimits, newest: UInt64, requestSince: UInt64?) {
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
