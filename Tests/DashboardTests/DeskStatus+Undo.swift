// SPDX-License-Identifier: Apache-2.0

import Calls

extension DeskStatus.Undo {
    static let closing = DeskStatus.Undo(words: "closed all lines", touchesAll: true)
    static let narrow = DeskStatus.Undo(words: "closed line +31201234567", touchesAll: false)
}
