// SPDX-License-Identifier: Apache-2.0

import NIOCore

extension TimeAmount {
    /// The same time in NIO's unit; more than a day counts as a day.
    init(_ time: Duration) {
        let (seconds, attoseconds) = min(time, .seconds(86_400)).components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
