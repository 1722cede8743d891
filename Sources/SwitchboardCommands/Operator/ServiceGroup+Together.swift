// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle

extension ServiceGroup {
    /// Runs services that stop together and in order as soon as one of them ends, well or not.
    ///
    /// Signals reach the group by other ways, since what they mean depends on what runs.
    init(together services: [any Service]) {
        var logger = Logger(label: "switchboard")
        logger.logLevel = .warning
        self.init(
            configuration: ServiceGroupConfiguration(
                services: services.map {
                    .init(
                        service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [], logger: logger))
    }
}
