// SPDX-License-Identifier: Apache-2.0

import Screen

extension Glyphs {
    /// A time with its unit: `52 µs`, `1.2 ms`, `4.0 s`.
    func time(microseconds: UInt64) -> String {
        switch microseconds {
        case ..<1000: "\(microseconds) \(micro)s"
        case ..<10_000: "\(microseconds / 1000).\(microseconds / 100 % 10) ms"
        case ..<1_000_000: "\(microseconds / 1000) ms"
        case ..<60_000_000: "\(microseconds / 1_000_000).\(microseconds / 100_000 % 10) s"
        default: "\(microseconds / 1_000_000) s"
        }
    }
}
