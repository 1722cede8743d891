// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport

extension [CallSample] {
    /// Calls one second apart, each from a number of its own that ends in its place in the log.
    static func many(_ count: Int, startingAt first: Int = 0) -> [CallSample] {
        (first..<first + count).map { index in
            CallSample("m-\(index)", from: "+316\(padded(index, to: 8))").with(\.at, Double(index)).standard()
        }
    }
}
