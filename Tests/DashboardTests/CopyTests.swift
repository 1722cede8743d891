// SPDX-License-Identifier: Apache-2.0

import Dashboard
import JSON
import Screen
import TestSupport
import Testing

@Suite struct CopyTests {
    private static func copied(_ effects: [DashboardEffect]) -> String? {
        guard case .copy(let base64)? = effects.first, let bytes = Base64.bytes(base64) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func theNumberIsCopiedAndTheWordsPromiseNothing() throws {
        var state = DashboardState.sample(size: Size(columns: 120, rows: 40), calls: .many(3))
        let caller = try #require(state.selectedCaller)
        #expect(Self.copied(state.type("y1")) == caller)
        #expect(state.text.contains("number sent to the terminal's clipboard; not every terminal takes it"))
    }

    @Test(arguments: [
        ("y2", "+"), ("y3", "\"message\""), ("y4", "{"), ("y<down><down><enter>", "\"message\""),
        (":copy request<enter>", "\"message\""), ("<enter>y3", "\"message\""),
    ])
    func whatIsChosenIsCopied(keys: String, words: String) {
        var state = DashboardState.sample(calls: .many(3))
        #expect(Self.copied(state.type(keys))?.contains(words) == true)
    }

    @Test func theCommandSignsWithTheSecretOfTheShell() throws {
        var state = DashboardState.sample(calls: .many(3))
        let text = try #require(Self.copied(state.type("y5")))
        #expect(text.hasPrefix("body='{"))
        #expect(text.contains("-hmac \"$SWITCHBOARD_WEBHOOK_SECRET\""))
        #expect(text.contains("--data-binary \"$body\""))
    }

    @Test func tmuxIsAskedInstead() {
        var state = DashboardState.sample(calls: .many(3))
        state.begin(with: DashboardSettings(), Look(theme: .base, showsUnicode: true), .tmux)
        let effects = state.type("y1")
        guard case .local(.copyInTmux(let text, "number"))? = effects.first else {
            Issue.record("\(effects)")
            return
        }
        #expect(text.hasPrefix("+"))
    }

    @Test func masksHoldForTheClipboardToo() {
        var state = DashboardState.sample(size: Size(columns: 120, rows: 40), calls: .many(3))
        #expect(Self.copied(state.type("Py1"))?.hasPrefix("***") == true)
        #expect(state.type("y5").isEmpty)
        #expect(state.text.contains("numbers are masked"))
    }

    @Test(arguments: ["y<esc>", "yq", "y"])
    func nothingIsCopiedUnlessChosen(keys: String) {
        var state = DashboardState.sample(calls: .many(3))
        #expect(state.type(keys).isEmpty)
    }

    @Test func withoutACallThereIsNothingToCopy() {
        var state = DashboardState.sample()
        #expect(state.type("y").isEmpty)
        #expect(state.text.contains("no call is selected"))
    }
}
