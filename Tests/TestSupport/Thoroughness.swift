// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How much the tests with random or many inputs try.
package enum Thoroughness {
    /// Whether `SWITCHBOARD_THOROUGH` asks for everything, which takes minutes more.
    package static let isFull = ProcessInfo.processInfo.environment["SWITCHBOARD_THOROUGH"] != nil
}
