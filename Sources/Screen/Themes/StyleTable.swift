// SPDX-License-Identifier: Apache-2.0

/// Every style of a theme at one depth, worked out once, so that a frame only looks them up.
package struct StyleTable: Hashable, Sendable {
    private let plain: [Role: Style]
    private let selected: [Role: Style]

    package init(_ theme: Theme, depth: ColorDepth) {
        plain = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, theme.style(for: $0, depth: depth)) })
        selected = Dictionary(
            uniqueKeysWithValues: Role.allCases.map { ($0, theme.style(for: $0, selected: true, depth: depth)) })
    }

    package subscript(cell: Cell) -> Style {
        (cell.isSelected ? selected : plain)[cell.role] ?? Style()
    }
}
