// SPDX-License-Identifier: Apache-2.0

import Calls
import NIOCore

extension TimeAmount {
    /// The same time in NIO's unit; more than a day counts as a day.
    init(_ time: Duration) {
        self = .nanoseconds(Int64(min(time, .seconds(86_400)).nanoseconds))
    }
}
