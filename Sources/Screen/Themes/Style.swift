// SPDX-License-Identifier: Apache-2.0

/// How a cell looks at one colour depth.
package struct Style: Hashable, Sendable {
    /// 0 to 255, or `Color.unset`.
    package var foreground: Int
    /// 0 to 255, or `Color.unset`.
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
