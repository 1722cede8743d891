// SPDX-License-Identifier: Apache-2.0

import Signatures
import TestSupport
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4, around the block of the hash.
    @Test(arguments: [
        Row("nothing", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        Row("abc", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Row(
            "two blocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
    func contentsAreNamedBySHA256(_ row: Row<String, String>) {
        let digits = ContentDigest.sha256(Array(row.input.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        #expect(digits.joined() == row.expected)
    }

    @Test func namesWithAKeyAreTheFirstDigitsOfAnHMAC() throws {
        let key: [UInt8] = [1, 2, 3]
        let code = try #require(LibraryHMAC.code(of: Array("+31612345678".utf8), key: key))
        let digits = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(KeyedHash.name(of: "+31612345678", key: key) == digits.prefix(12))
        #expect(KeyedHash.name(of: "+31612345679", key: key) != digits.prefix(12))
    }
}
