// SPDX-License-Identifier: Apache-2.0

import Calls
import Signatures
import Testing

@Suite struct SignatureVerifierTests {
    static let code = Vector.empty.code

    @Test(arguments: Vector.all) func theVectorsOfTheContractAreAccepted(_ vector: Vector) {
        let delivery = Delivery(vector.testDescription) {
            $0.body = vector.body
            $0.signature = "sha256=" + vector.code
        }
        #expect(delivery.refusal() == nil)
    }

    @Test(arguments: Vector.all) func signingGivesTheVectorsOfTheContract(_ vector: Vector) {
        #expect(WebhookSecret.test.signature(timestamp: "1782900000", body: vector.body) == "sha256=" + vector.code)
    }

    @Test(arguments: [
        Delivery("with the prefix"),
        Delivery("without the prefix, as older documents have it") { $0.signature = code },
        Delivery("300 s old") { $0.age = 300 },
        Delivery("300 s ahead") { $0.age = -300 },
        Delivery(
            "a byte order mark is signed like any byte", stamped: "1782900000", body: [0xEF, 0xBB, 0xBF, 0x7B, 0x7D]),
    ])
    func goodDeliveriesAreAccepted(_ delivery: Delivery) {
        #expect(delivery.refusal() == nil)
    }

    @Test(arguments: [
        Delivery("no signature") { $0.signature = nil },
        Delivery("an empty signature") { $0.signature = "" },
        Delivery("no timestamp") { $0.timestamp = nil },
        Delivery("an empty timestamp") { $0.timestamp = "" },
    ])
    func whatIsMissingIsCalledMissing(_ delivery: Delivery) {
        #expect(delivery.refusal() == .missingSignature)
    }

    @Test(arguments: [
        Delivery("upper-case digits") { $0.signature = "sha256=" + code.uppercased() },
        Delivery("upper-case prefix") { $0.signature = "SHA256=" + code },
        Delivery("the prefix twice") { $0.signature = "sha256=sha256=" + code },
        Delivery("a space after it") { $0.signature = "sha256=" + code + " " },
        Delivery("a space in front") { $0.signature = " sha256=" + code },
        Delivery("a space inside") { $0.signature = "sha256= " + code },
        Delivery("the prefix alone") { $0.signature = "sha256=" },
        Delivery("a digit too few") { $0.signature = "sha256=" + code.dropLast() },
        Delivery("a digit too many") { $0.signature = "sha256=" + code + "0" },
        Delivery("the header twice, joined") { $0.signature = "sha256=\(code), sha256=\(code)" },
        Delivery("a letter that is no digit") { $0.signature = "sha256=g" + code.dropFirst() },
        Delivery("a full-width digit") { $0.signature = "sha256=９" + code.dropFirst() },
        Delivery("another algorithm") { $0.signature = "sha512=" + code },
        Delivery("one bit changed") { $0.signature = "sha256=8" + code.dropFirst() },
        Delivery("the last bit changed") { $0.signature = "sha256=" + code.dropLast() + "b" },
        Delivery("a space added to the body") { $0.body = Array("{} ".utf8) },
        Delivery("a body cut short") { $0.body = Array("{".utf8) },
        Delivery("another timestamp in the window") { $0.timestamp = "1782900001" },
    ])
    func whateverDiffersIsRefused(_ delivery: Delivery) {
        #expect(delivery.refusal() == .badSignature)
    }

    @Test(arguments: [
        Delivery("row 23: milliseconds", stamped: "1782900000000"),
        Delivery("row 23: ISO 8601", stamped: "2026-07-01T10:00:00Z"),
        Delivery("microseconds", stamped: "1782900000000000"),
        Delivery("milliseconds, and the signature is unreadable") {
            $0.timestamp = "1782900000000"
            $0.signature = "sha256="
        },
        Delivery("an HTTP date", stamped: "Wed, 01 Jul 2026 10:00:00 GMT"),
        Delivery("letters after the timestamp", stamped: "1782900000abc"),
        Delivery("a fraction", stamped: "1782900000.9"),
        Delivery("a plus sign", stamped: "+1782900000"),
        Delivery("a minus sign", stamped: "-1782900000"),
        Delivery("spaces around the timestamp", stamped: " 1782900000"),
        Delivery("the timestamp twice, joined", stamped: "1782900000, 1782900000"),
        Delivery("thirty digits", stamped: String(repeating: "9", count: 30)),
        Delivery("digits of another script", stamped: "١٧٨٢٩٠٠٠٠٠"),
    ])
    func aTimestampThatIsNotInUnixSecondsIsCalledThat(_ delivery: Delivery) {
        #expect(delivery.refusal() == .badTimestamp)
    }

    @Test func aStampAheadIsCalledAhead() {
        let refusal = Delivery("row 23: 320 s ahead", { $0.age = -320 }).refusal()
        #expect(refusal == .stale(age: -320))
        #expect(refusal?.description.contains("320 s ahead") == true)
        #expect(Refusal.stale(age: .min).description.contains("9223372036854775808 s ahead"))
    }

    @Test func inEachPlaceOnlyItsOwnDigitIsAccepted() {
        let digits = Array(Self.code)
        for place in digits.indices {
            for character in (0..<128).map({ Character(Unicode.Scalar($0)) }) {
                var changed = digits
                changed[place] = character
                let refusal = Delivery("\(character) at \(place)", { $0.signature = "sha256=" + String(changed) })
                    .refusal()
                #expect(refusal == (character == digits[place] ? nil : .badSignature), "\(character) at \(place)")
            }
        }
    }

    @Test func whatWouldCarryIntoTheDigitBeforeIsRefused() {
        // A reader that took `l` for 21 would read the two as 0x15.
        let carried = Self.code.replacing("9715", with: "970l")
        #expect(carried != Self.code)
        #expect(Delivery("a carry", { $0.signature = "sha256=" + carried }).refusal() == .badSignature)
    }

    @Test(
        arguments: [
            (Delivery("301 s old") { $0.age = 301 }, 301),
            (Delivery("301 s ahead") { $0.age = -301 }, -301),
            (Delivery("a day old") { $0.age = 86_400 }, 86_400),
            (Delivery("of 1970", stamped: "0"), 1_782_900_000),
            (Delivery("twelve nines", stamped: "999999999999"), 1_782_900_000 - 999_999_999_999),
        ] as [(Delivery, Int64)])
    func aStampOutsideOfTheWindowIsStale(_ delivery: Delivery, age: Int64) {
        #expect(delivery.refusal() == .stale(age: age))
    }

    @Test func aLeadingZeroIsSignedUnchanged() {
        #expect(Delivery("a leading zero", stamped: "01782900000").refusal() == nil)
    }

    @Test func everySingleBitChangeOfABodyIsRefused() {
        for bit in 0..<16 {
            var body = Vector.empty.body
            body[bit / 8] ^= 1 << (bit % 8)
            #expect(Delivery("bit \(bit)", { $0.body = body }).refusal() == .badSignature)
        }
    }
}
