// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard

extension DashboardEffect {
    static func close(
        says text: String, _ scope: Scope = .all, reason: String = "", until: Until = .nextChange
    ) -> DashboardEffect {
        begin(.closed(says: text), scope, reason: reason, until: until)
    }

    static func inform(_ text: String, _ scope: Scope = .all, until: Until = .nextChange) -> DashboardEffect {
        begin(.inform(says: text), scope, until: until)
    }

    static func greet(
        _ text: String, _ scope: Scope = .all, reason: String = "", until: Until = .nextChange
    ) -> DashboardEffect {
        begin(.greeting(text), scope, reason: reason, until: until)
    }

    static func forceOpen(_ scope: Scope = .all, until: Until = .nextChange) -> DashboardEffect {
        begin(.forcedOpen, scope, until: until)
    }

    static let reload = request(.reload)

    static func export(to path: String, overwriting: Bool, masked: Bool = false) -> DashboardEffect {
        request(.export(ExportOrder(to: path, overwriting: overwriting, masked: masked)))
    }

    static func override(_ command: OverrideCommand) -> DashboardEffect { request(.override(command)) }

    static func open(_ scope: Scope = .all) -> DashboardEffect { override(.open([scope])) }
    static func followHours(_ scope: Scope = .all) -> DashboardEffect { override(.followHours([scope])) }
    static func clearGreeting(_ scope: Scope = .all) -> DashboardEffect { override(.clearGreeting([scope])) }
    static let undo = override(.undo)

    private static func begin(
        _ kind: Override.Kind, _ scope: Scope, reason: String = "", until: Until
    ) -> DashboardEffect {
        .override(.begin(kind, scopes: [scope], reason: reason, until: until))
    }
}
