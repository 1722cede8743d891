// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import ServiceLifecycle

/// Sends webhooks on while the server runs; at the end, those that still wait.
struct ForwardingService: Service {
    let forwarder: Forwarder

    func run() async throws {
        await withGracefulShutdownHandler {
            await forwarder.run()
        } onGracefulShutdown: {
            forwarder.stop()
        }
    }
}
