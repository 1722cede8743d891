// SPDX-License-Identifier: Apache-2.0

/// How many colours may be used.
package enum ColorDepth: Int, CaseIterable, Hashable, Comparable, Sendable {
    /// No colour and no attribute but reverse, without which a selection could not be seen.
    case never
    /// No colour, but bold, underline and the like.
    case mono
    case eight
    case sixteen
    case full

    package static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }
}
