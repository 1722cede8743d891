// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension ServerStatus {
    /// The overrides, those first that most callers feel: by scope, closures before greetings, by lines, newest first.
    var byImportance: [Override] {
        overrides.enumerated().map { (place: $0.offset, override: $0.element, rank: rank($0.element)) }
            .sorted { $0.rank == $1.rank ? $0.place > $1.place : $0.rank.lexicographicallyPrecedes($1.rank) }
            .map(\.override)
    }

    /// The overrides that touch a line, the one that decides first.
    func overrides(touching line: LineStatus) -> [Override] {
        byImportance.filter { override in
            switch override.scope {
            case .all: true
            case .group(let name): line.group == name
            case .line(let number): line.number == number
            }
        }
    }

    private func rank(_ override: Override) -> [Int] {
        let (width, lines) =
            switch override.scope {
            case .all: (0, 0)
            case .group: (1, lines(in: override.scope).count)
            case .line: (2, 1)
            }
        return [width, override.kind.isClosure ? 0 : 1, -lines]
    }
}
