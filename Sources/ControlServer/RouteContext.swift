// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging

/// What goes with a request through Hummingbird's router.
struct RouteContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let arrived: Source

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        arrived = source
    }

    /// Where a request comes from.
    struct Source: RequestContextSource {
        let logger: Logger
        /// The method that was sent; the router sees only paths.
        let method: String
        let conversation: Conversation
        /// The number of the request on its connection.
        let number: Int
    }
}
