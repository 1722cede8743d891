// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How much the tests with random or many inputs try.
package enum Thoroughness {
    /// Whether `SWITCHBOARD_THOROUGH` asks for everything, which takes minutes more.
    package static let isFull = ProcessInfo.processInfo.environment["SWITCHBOARD_THOROUGH"] != nil
    /// Whether `SWITCHBOARD_QUICK` asks for a first impression, as `make unit` does.
    private static let isQuick = !isFull && ProcessInfo.processInfo.environment["SWITCHBOARD_QUICK"] != nil

    /// How many random inputs to try.
    package static func count(quick: UInt64, usual: UInt64) -> UInt64 { isQuick ? quick : usual }
}
