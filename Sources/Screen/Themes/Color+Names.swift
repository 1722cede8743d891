// SPDX-License-Identifier: Apache-2.0

extension Color {
    /// The names of the sixteen colours that every terminal has, in their order.
    package static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
        "bright-black", "bright-red", "bright-green", "bright-yellow",
        "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
    ]

    /// Reads `#rgb`, `#rrggbb`, `x256:203`, `default` or one of the sixteen names.
    package init?(_ text: String) {
        if let ansi = Color.ansiIndex(text) {
            self.init(ansi: ansi)
        } else if text.hasPrefix("x256:"), let index = Int(text.dropFirst(5)), (0...255).contains(index) {
            self.init(x256: index)
        } else if let rgb = RGB(text) {
            self.init(rgb: rgb)
        } else {
            return nil
        }
    }

    /// The index of a colour name, `Color.unset` for `default`.
    package static func ansiIndex(_ name: String) -> Int? {
        name == "default" ? unset : names.firstIndex(of: name)
    }
}
