// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard

extension DashboardEffect {
    static func close(says text: String) -> DashboardEffect { begin(.closed(says: text)) }
    static let open = order(.open([.all]))
    static let skipHours = begin(.forcedOpen)
    static let followHours = order(.followHours([.all]))
    static func greet(_ text: String) -> DashboardEffect { begin(.greeting(text)) }
    static let clearGreeting = order(.clearGreeting([.all]))

    private static func begin(_ kind: Override.Kind) -> DashboardEffect {
        .order(.begin(kind, scopes: [.all], reason: "", until: .reopened))
    }
}
