// SPDX-License-Identifier: Apache-2.0

import Calls
package import Overrides
import Rules
import Synchronization

extension OverrideService {
    /// What the operator must see, at this moment.
    package func status(
        address: String, webhookURL: String, isSigned: Bool, answerWithinMilliseconds: Int
    ) -> ServerStatus {
        let (state, warnings) = kept.withLock { ($0.state, $0.allWarnings) }
        let book = book
        let now = clock.now()
        let undo = state.undoable(at: now).map { ServerStatus.Undo(words: $0.words, scopes: $0.scopes) }
        return ServerStatus(
            overrides: state.overrides.filter { $0.isInForce(at: now) }, lines: book.lineStatuses(at: now),
            address: address, webhookURL: webhookURL, isSigned: isSigned, closingTexts: book.closingTexts,
            greetingTexts: book.greetingTexts, answerWithinMilliseconds: answerWithinMilliseconds, undo: undo,
            warnings: warnings, timeZone: book.rules.zone.name)
    }
}
