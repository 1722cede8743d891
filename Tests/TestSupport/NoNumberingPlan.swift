// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A plan that reads E.164 and knows no country.
package struct NoNumberingPlan: NumberingPlan {
    package init() {}

    package func number(dialled digits: String, country: String?) -> PhoneNumber? { PhoneNumber(digits) }

    package func origin(of number: PhoneNumber) -> NumberOrigin? { nil }

    package func isValid(_ number: PhoneNumber) -> Bool { true }
}
