// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct CallIDTests {
    private static let uuid = "5c4d030f-43e3-4e65-899e-8148521e660f"

    @Test(
        arguments: [
            Row("a UUID", uuid, true), Row("only digits", "01234567-8901-2345-6789-012345678901", true),
            Row("only letters", "abcdefab-cdef-abcd-efab-cdefabcdefab", true),
            Row("the smallest", "00000000-0000-0000-0000-000000000000", true),
            Row("the largest", "ffffffff-ffff-ffff-ffff-ffffffffffff", true),
            Row("upper case", uuid.uppercased(), false),
            Row("one letter in upper case", "5C4d030f-43e3-4e65-899e-8148521e660f", false),
            Row("without hyphens", "5c4d030f43e34e65899e8148521e660f", false),
            Row("in braces", "{" + uuid + "}", false),
            Row("a hyphen elsewhere", "5c4d030-f43e3-4e65-899e-8148521e660f", false),
            Row("a letter too far", "5c4d030g-43e3-4e65-899e-8148521e660f", false),
            Row("signs before and after the digits", "5c4d030`-43e3-4e65-899e-8148521e660:", false),
            Row("one digit fewer", String(uuid.dropLast()), false), Row("one more", uuid + "0", false),
            Row("a break", uuid + "\n", false),
            Row("36 bytes of another script", String(repeating: "電", count: 12), false), Row("a name", "c-1", false),
            Row("none", "", false),
        ])
    func anIDIsWrittenAsItCame(_ row: Row<String, Bool>) {
        let text = row.input
        let id = CallID(text)
        #expect(id.text == text && id.description == text && id.isEmpty == text.isEmpty)
        let read = Array(text.utf8).withUnsafeBufferPointer(CallID.init(utf8:))
        #expect(read == id && read.hashValue == id.hashValue && read.digest == id.digest)
        var bytes: [UInt8] = [0x5B]
        #expect(id.appendUUID(to: &bytes) == row.expected)
        #expect(bytes == [0x5B] + (row.expected ? Array(text.utf8) : []))
    }

    @Test func aUUIDIsKnownInEveryDigit() {
        let digits = Array(Self.uuid)
        var ids: Set<CallID> = [CallID(Self.uuid)]
        for place in digits.indices where digits[place] != "-" {
            var other = digits
            other[place] = other[place] == "7" ? "8" : "7"
            let id = CallID(String(other))
            #expect(ids.insert(id).inserted && id.text == String(other))
            var bytes: [UInt8] = []
            #expect(id.appendUUID(to: &bytes))
        }
    }
}
