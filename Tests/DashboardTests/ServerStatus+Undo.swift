// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import TestSupport

extension ServerStatus.Undo {
    static let closing = ServerStatus.Undo(words: "closed all lines", scopes: [.all])
    static let twoLines = ServerStatus.Undo(words: "closed group amsterdam", scopes: [.group("amsterdam")])
    static let narrow = ServerStatus.Undo(words: "closed line +31201234567", scopes: [.line("+31201234567")])
}
