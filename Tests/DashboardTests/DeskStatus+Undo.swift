// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport

extension DeskStatus.Undo {
    static let closing = DeskStatus.Undo(words: "closed all lines", scopes: [.all])
    static let twoLines = DeskStatus.Undo(words: "closed group amsterdam", scopes: [.group("amsterdam")])
    static let narrow = DeskStatus.Undo(words: "closed line +31201234567", scopes: [.line("+31201234567")])
}
