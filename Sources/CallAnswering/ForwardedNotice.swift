// SPDX-License-Identifier: Apache-2.0

import Calls

/// A webhook that another server is told of, while nobody waits for what it says.
package struct ForwardedNotice: Sendable {
    let upstream: Upstream
    /// The type of the webhook, for people.
    let type: String
    /// The raw bytes of the webhook.
    let body: [UInt8]
}
