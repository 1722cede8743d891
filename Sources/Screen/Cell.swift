// SPDX-License-Identifier: Apache-2.0

/// One cell of the screen: a glyph and what it means.
package struct Cell: Hashable, Sendable {
    /// A base character with at most a few combining marks; empty in the right half of a wide glyph.
    package var glyph: String
    package var role: Role
    /// The cell lies on the selected row: the theme's overlay for it is laid over the role.
    package var isSelected: Bool

    package init(glyph: String = " ", role: Role = .text, isSelected: Bool = false) {
        self.glyph = glyph
        self.role = role
        self.isSelected = isSelected
    }

    package static let blank = Cell()
}
