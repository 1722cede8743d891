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
        overrides.filter { contains($0.scope, in: outer) }
    }

    /// What closes all that a scope touches, and more: the widest such override, unless a wider one forces it open.
    func closure(over scope: Scope) -> Override? {
        let wider = wider(than: scope).compactMap { closure(of: $0) }
        return wider.first.flatMap { $0.kind == .forcedOpen ? nil : $0 }
    }

    private func contains(_ inner: Scope, in outer: Scope) -> Bool {
        if inner == outer || outer == .all { return true }
        guard case .group(let group) = outer, case .line(let number) = inner else { return false }
        return lines.contains { $0.number == number && $0.group == group }
    }

    /// The widest first.
    private func wider(than scope: Scope) -> [Scope] {
        switch scope {
        case .all: return []
        case .group: return [.all]
        case .line(let number):
            let group = lines.first { $0.number == number }?.group
            return [.all] + (group.map { [.group($0)] } ?? [])
        }
    }
}
