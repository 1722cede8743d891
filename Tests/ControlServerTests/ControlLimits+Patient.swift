// SPDX-License-Identifier: Apache-2.0

import ControlServer

extension ControlLimits {
    /// Limits that no busy machine reaches, but for those that a test is about.
    static func patient(
        body: Int = 64 << 10, connections: Int = 256, request: Duration = .seconds(600), idle: Duration = .seconds(600)
    ) -> ControlLimits {
        ControlLimits(body: body, connections: connections, request: request, idle: idle)
    }
}
