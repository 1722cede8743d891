// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle
import SimulatedPlatform

/// The simulated callers as a service: they ring until the server stops.
struct DemoCallers: Service {
    /// Callers whom the starter's rules know: its VIPs, and one of the numbers that it blocks.
    static let numbersOfTheStarter = ["+31612345678", "+31655501234", "+442079460101"]

    let traffic: Traffic

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.traffic.run()
        }
    }
}
