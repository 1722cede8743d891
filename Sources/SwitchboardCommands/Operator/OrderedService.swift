// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle

/// A service whose end is the end of all, and that is then not gone before its turn in the stop comes.
///
/// `ServiceGroup` cancels everything when a service ends while another one is being stopped: who talks to a client would be
/// cut off because the operator pressed a key.
struct OrderedService: Service {
    let service: any Service
    let stop: ShutdownCoordinator

    func run() async throws {
        let result: Result<Void, any Error>
        do {
            result = .success(try await service.run())
        } catch {
            result = .failure(error)
        }
        stop.ask()
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // Nobody stops us in order any more.
        }
        try result.get()
    }
}
