// SPDX-License-Identifier: Apache-2.0

package import Screen

/// What the user asked for with `--color`.
package enum ColorChoice: String, CaseIterable, Hashable, Sendable {
    case auto, never, mono
    case eight = "8"
    case sixteen = "16"
    case full = "256"
    /// Shown with 256 colours, which the themes are made for.
    case truecolor
}

extension ColorChoice {
    /// The depth to draw with.
    ///
    /// What the user asked for counts first, then `NO_COLOR`, then what the terminal has. No more colours are used
    /// than there are.
    package func depth(environment: [String: String], terminalColors: Int) -> ColorDepth {
        let possible = ColorChoice.depth(ofTerminalWith: terminalColors)
        return switch self {
        case .never: .never
        case .mono: .mono
        case .eight: min(.eight, possible)
        case .sixteen: min(.sixteen, possible)
        case .full, .truecolor: min(.full, possible)
        case .auto: environment["NO_COLOR", default: ""].isEmpty ? possible : .mono
        }
    }

    private static func depth(ofTerminalWith colors: Int) -> ColorDepth {
        switch colors {
        case ..<8: .mono
        case 8..<16: .eight
        case 16..<256: .sixteen
        default: .full
        }
    }
}
