// SPDX-License-Identifier: Apache-2.0

import Calls
import Exchange
import WebhookServer

extension Assembly {
    /// What the operator must see, at this moment.
    var status: DeskStatus {
        desk.status(
            address: server.address.description, webhookURL: url, isSigned: isSigned,
            answerWithinMilliseconds: settings.answerWithinMilliseconds)
    }
}
