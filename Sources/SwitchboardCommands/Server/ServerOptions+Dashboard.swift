// SPDX-License-Identifier: Apache-2.0

import Foundation

extension ServerOptions {
    /// What the dashboard shall be; `nil` where there is none: asked so, or not at a terminal that can show one.
    func dashboardPlan(environment: [String: String]) throws -> DashboardPlan? {
        guard !headless else { return nil }
        if let why = DashboardOptions.obstacle(environment: environment) {
            if ui { throw CommandFailure(.usage, "--ui needs a terminal that can show a dashboard: \(why).") }
            if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 {
                StandardError.say("No dashboard, since \(why): one JSON line per event instead.")
            }
            return nil
        }
        return try dashboard.plan(environment: environment)
    }
}
