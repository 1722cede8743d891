// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct PartyTests {
    @Test(arguments: [
        nil, "", " ", "anonymous", "Anonymous", "anonymous ", "PRIVATE", "restricted", "unknown", "unavailable",
        "blocked",
        "sip:anonymous@anonymous.invalid", "tel:anonymous", "+266696687",
    ])
    func aWithheldNumberHasManyWords(_ text: String?) {
        #expect(Party(text) == .withheld)
        #expect(Party(text).number == nil)
        #expect(Party(text).description == "withheld")
    }

    @Test func aNumberIsANumber() {
        #expect(Party("+31612345678").number == PhoneNumber("+31612345678"))
        #expect(Party("+31612345678").description == "+31612345678")
    }

    @Test(arguments: ["0612345678", "sip:jan@example.com", "+12", "\u{1B}[2J", "匿名", "100"])
    func everyOtherTextIsKeptAsItCame(_ text: String) {
        #expect(Party(text) == .unusual(text))
        #expect(Party(text).number == nil)
        #expect(Party(text).description == text)
    }
}
