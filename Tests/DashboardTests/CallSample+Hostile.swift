// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport

extension [CallSample] {
    /// Names and numbers that try to move the cursor, turn the text around or break the columns.
    static let hostile: [CallSample] = [
        CallSample("h-1", from: "\u{1B}[2J\u{1B}]52;c;aGk=\u{07}").with(\.calledName, "bell\u{07} and \u{9B}31m"),
        CallSample("h-2", at: 5).with(\.calledName, "\u{202E}ksed tnorF\u{2066}"),
        CallSample("h-3", at: 10).with(\.calledName, "東京本社カスタマーサポート窓口").greeted("お電話ありがとうございます。"),
        CallSample("h-4", at: 15).with(\.calledName, "👩‍👩‍👧‍👦🇳🇱 family ❤️👍🏽").live(),
        CallSample("h-5", at: 20).with(\.calledName, "Zoë Cafe\u{301} naïve"),
        CallSample("h-6", at: 25).with(\.calledName, String(repeating: "long name ", count: 20)).ended(),
        CallSample("h-7", at: 30).with(\.calledName, "line\nbreak\ttab").standard(),
        CallSample("h-8", from: String(repeating: "9", count: 200), at: 35).with(\.by, .rule("سلام")),
    ]
}
