// SPDX-License-Identifier: Apache-2.0

/// The colours 16 to 255 of xterm, which are the same everywhere; the first sixteen are the user's own.
package enum XtermPalette {
    /// What an index from 16 to 255 looks like.
    package static func color(at index: Int) -> RGB? {
        switch index {
        case 16..<232:
            let steps = [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6]
            let levels = steps.map { UInt8($0 == 0 ? 0 : 55 + 40 * $0) }
            return RGB(red: levels[0], green: levels[1], blue: levels[2])
        case 232..<256:
            let level = UInt8(8 + 10 * (index - 232))
            return RGB(red: level, green: level, blue: level)
        default:
            return nil
        }
    }

    /// The index whose colour looks most like the given one.
    package static func nearest(to color: RGB) -> Int {
        let wanted = OKLab(color)
        let distances = colors.map { $0.distance(to: wanted) }
        return 16 + (distances.indices.min { distances[$0] < distances[$1] } ?? 0)
    }

    private static let colors = (16..<256).compactMap(color(at:)).map(OKLab.init)
}
