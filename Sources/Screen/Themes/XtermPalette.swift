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

/// A colour in a space where equal distances look equally far apart.
struct OKLab: Sendable {
    let lightness: Double
    let a: Double
    let b: Double

    init(_ color: RGB) {
        let red = Self.linear(color.red)
        let green = Self.linear(color.green)
        let blue = Self.linear(color.blue)
        let long = Self.cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        let medium = Self.cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        let short = Self.cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    }

    /// The square of the distance, which is enough to compare.
    func distance(to other: OKLab) -> Double {
        let (x, y, z) = (lightness - other.lightness, a - other.a, b - other.b)
        return x * x + y * y + z * z
    }
}

extension OKLab {
    /// The sRGB curve; its exponent 2.4 is two and two fifths, so the fifth root of the square is what is missing.
    static func linear(_ part: UInt8) -> Double {
        let value = Double(part) / 255
        guard value > 0.04045 else { return value / 12.92 }
        let base = (value + 0.055) / 1.055
        let squared = base * base
        return squared * fifthRoot(squared)
    }

    /// Newton's method; there is no mathematics library below this module.
    private static func fifthRoot(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        var root = 1.0
        for _ in 0..<24 {
            let fourth = root * root * root * root
            root -= (fourth * root - value) / (5 * fourth)
        }
        return root
    }

    private static func cubeRoot(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        var root = 1.0
        for _ in 0..<40 { root -= (root * root * root - value) / (3 * root * root) }
        return root
    }
}
