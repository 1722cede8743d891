// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import ServiceLifecycle

/// Ends the HTTP client when everybody who asks with it has ended.
struct OutboundService: Service {
    let http: OutboundHTTP

    func run() async throws {
        try await gracefulShutdown()
        try await http.shutDown()
    }
}
