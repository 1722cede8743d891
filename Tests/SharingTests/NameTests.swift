// SPDX-License-Identifier: Apache-2.0

import Sharing
import TestSupport
import Testing

@Suite struct NameTests {
    @Test(arguments: [
        Row("letters, digits and signs", "eu-2.desk_A", true),
        Row("the longest", String(repeating: "a", count: 64), true),
        Row("empty", "", false),
        Row("too long", String(repeating: "a", count: 65), false),
        Row("a key of its own", "a}:desk", false),
        Row("a line break", "a\nb", false),
        Row("another script", "ä", false),
    ])
    func aReplicaNameIsSafeInKeysAndOnTerminals(_ row: Row<String, Bool>) {
        #expect((ReplicaName(row.input) != nil) == row.expected)
    }

    @Test func anIDIsReadAsItIsWritten() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<50 {
            let id = StateID.random(using: &generator)
            #expect(id.description.utf8.count == 32)
            #expect(StateID(id.description) == id)
        }
    }

    @Test(arguments: [
        "", "0", String(repeating: "0", count: 31), String(repeating: "0", count: 33),
        String(repeating: "A", count: 32), "+" + String(repeating: "0", count: 31),
        "0000000000000000+000000000000000", String(repeating: "0", count: 31) + "\n",
    ])
    func anythingElseIsNotAnID(_ text: String) {
        #expect(StateID(text) == nil)
    }
}
