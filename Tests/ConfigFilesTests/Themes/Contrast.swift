// SPDX-License-Identifier: Apache-2.0

import Foundation
import Screen

/// How well letters stand out, from 1 to 21, as the guidelines for accessible pages define it.
enum Contrast {
    static func between(_ foreground: RGB, _ background: RGB) -> Double {
        let lights = [luminance(foreground), luminance(background)].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    /// What an index looks like, the first sixteen as xterm has them.
    static func color(_ index: Int) -> RGB? {
        let own = [
            "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
            "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
        ]
        return own.indices.contains(index) ? RGB(own[index]) : XtermPalette.color(at: index)
    }

    private static func luminance(_ color: RGB) -> Double {
        let parts = [color.red, color.green, color.blue].map { part -> Double in
            let value = Double(part) / 255
            return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
