// SPDX-License-Identifier: Apache-2.0

/// How a cell looks at one colour depth.
package struct Style: Hashable, Sendable {
    /// 0 to 255, `Color.unset`, or what ``Contrast/color(_:)`` knows of exact colours.
    package var foreground: Int
    /// The same, of the background.
    package var background: Int
    package var attributes: Attributes

    package init(
        foreground: Int = Color.unset, background: Int = Color.unset, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// What a terminal can do to text besides colouring it.
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        package static let bold = Attributes(rawValue: 1)
        package static let dim = Attributes(rawValue: 2)
        package static let italic = Attributes(rawValue: 4)
        package static let underline = Attributes(rawValue: 8)
        package static let reverse = Attributes(rawValue: 16)
        package static let blink = Attributes(rawValue: 32)

        /// The names that theme files use.
        package static let names: [String: Attributes] = [
            "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
            "blink": .blink,
        ]
    }
}

/// How many colours may be used.
package enum ColorDepth: Int, CaseIterable, Hashable, Comparable, Sendable {
    /// No colour and no attribute but reverse, without which a selection could not be seen.
    case never
    /// No colour, but bold, underline and the like.
    case mono
    case eight
    case sixteen
    case full
    /// Every colour as the theme has it. No terminal is asked for these yet: they are for pictures, and for checks.
    case exact

    package static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }
}

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
