// SPDX-License-Identifier: Apache-2.0

import Calls
import PhoneNumbers

/// Numbers in any spelling (libphonenumber): one that is read is read again from each way of writing it.
enum NumberTarget {
    private static let plan = WorldNumberingPlan()
    private static let countries: [String?] = ["NL", "US", "IT", "AR", nil]

    static func numbers(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        for country in countries {
            guard let number = plan.firstReading(of: text, country: country).number else { continue }
            _ = plan.origin(of: number)
            _ = plan.isValid(number)
            for style in WorldNumberingPlan.Style.allCases { _ = plan.text(of: number, in: style) }
            let plain = "+\(number.digits)"
            require(plan.firstReading(of: plain, country: country).number == number, "\(plain) is another number")
        }
    }
}
