// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension ServerStatus {
    /// Everything that an override can touch: all lines, each group, each line.
    var scopes: [Scope] {
        guard lines.count > 1 else { return [.all] }
        return [.all] + groups.map(Scope.group) + lines.map { .line($0.number) }
    }

    /// The overrides of a scope and of what lies within it, in the order in which they were set.
    func overrides(within outer: Scope) -> [Override] {
        overrides.filter { lines.contains($0.scope, in: outer) }
    }

    /// What closes all that a scope touches, and more: the widest such override, unless a wider one forces it open.
    func closure(over scope: Scope) -> Override? {
        let wider = lines.wider(than: scope).compactMap { closure(of: $0) }
        return wider.first.flatMap { $0.kind == .forcedOpen ? nil : $0 }
    }
}
