// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle

extension ServiceGroup {
    /// Runs services that stop together, the last one first, as soon as one of them ends, well or not, or it is asked for.
    ///
    /// Signals reach the group by way of `stop`, since what they mean depends on what runs.
    init(together services: [any Service], until stop: ShutdownCoordinator) {
        var logger = Logger(label: "switchboard")
        logger.logLevel = .warning
        let inTurn: [any Service] = services.map { OrderedService(service: $0, stop: stop) }
        self.init(
            configuration: ServiceGroupConfiguration(
                services: (inTurn + [stop]).map {
                    .init(
                        service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [], logger: logger))
    }
}
