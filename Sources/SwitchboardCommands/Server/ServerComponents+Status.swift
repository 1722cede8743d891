// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import CallAnswering
import WebhookServer

extension ServerComponents {
    /// What the operator sees at this moment.
    var status: ServerStatus {
        desk.status(
            of: ServerStatus.ServerInfo(
                address: server.address.description, webhookURL: url, isSigned: isSigned,
                answerWithinMilliseconds: settings.answerWithinMilliseconds))
    }
}
