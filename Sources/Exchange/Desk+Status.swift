// SPDX-License-Identifier: Apache-2.0

package import Calls
import Rules

extension Desk {
    /// What the operator must see, at this moment.
    package func status(
        address: String, webhookURL: String, isSigned: Bool, answerWithinMilliseconds: Int
    ) -> DeskStatus {
        let book = book
        return DeskStatus(
            closure: book.switches.closure(.all), greeting: book.switches.greeting(.all),
            lines: book.lineStatuses(at: now), address: address, webhookURL: webhookURL, isSigned: isSigned,
            closingTexts: book.closingTexts, answerWithinMilliseconds: answerWithinMilliseconds)
    }
}
