// SPDX-License-Identifier: Apache-2.0

import Calls
import PhoneNumbers
import TestSupport
import Testing

@Suite struct WorldNumberPlanTests {
    private let plan = WorldNumberingPlan()

    @Test(
        arguments: [
            ("+31612345678", nil, "+31612345678"), ("+31 6 1234-5678", nil, "+31612345678"),
            ("0031612345678", "NL", "+31612345678"), ("(+31) 6 12345678", nil, "+31612345678"),
            ("tel:+31-6-12345678", nil, "+31612345678"), ("06 12345678", "NL", "+31612345678"),
            ("06 12345678", nil, nil), ("030/901820", "DE", "+4930901820"), ("1-800-FLOWERS", "US", nil),
            ("", "NL", nil),
            ("+", nil, nil), ("+31612345678;ext=5", nil, "+31612345678"),
            ("٠٦١٢٣٤٥٦٧٨", "NL", "+31612345678"),
        ] as [(String, String?, String?)])
    func readsSpellings(spelling: String, country: String?, number: String?) {
        #expect(plan.number(spelled: spelling, country: country)?.description == number)
    }

    @Test(
        arguments: [
            ("+31612345678", "NL", "nl"), ("+4930901820", "DE", "de"), ("+431234567", "AT", "de"),
            ("+41446681800", "CH", "de"), ("+3225138940", "BE", "nl"), ("+12125550100", "US", "en"),
            ("+14165550100", "CA", "en"), ("+442079460101", "GB", "en"), ("+77012345678", "KZ", "ru"),
            ("+74951234567", "RU", "ru"), ("+81312345678", "JP", "ja"), ("+551123456789", "BR", "pt"),
        ] as [(PhoneNumber, String, String)])
    func knowsCountryAndLanguage(number: PhoneNumber, country: String, language: String) {
        #expect(plan.origin(of: number) == NumberOrigin(country: country, language: language))
        #expect(plan.origin(of: number) == NumberOrigin(country: country, language: language), "and again, remembered")
    }

    @Test func aNumberOfNoCountryHasNone() {
        #expect(plan.origin(of: "+80012345678") == nil)
    }

    @Test(arguments: [("+31201234567", true), ("+3161", false), ("+999123456", false)] as [(PhoneNumber, Bool)])
    func knowsWhetherANumberCanExist(number: PhoneNumber, isValid: Bool) {
        #expect(plan.isValid(number) == isValid)
    }

    @Test(arguments: UInt64(1)...4) func hostileTextNeverCrashesAndWhatIsReadReadsAgain(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("+0123456789 -().x;\u{0}\u{1B}\u{202E}é٣tel:")
        for _ in 0..<100 {
            let length = Int.random(in: 0...80, using: &generator)
            let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "0" })
            guard let number = plan.number(spelled: text, country: "NL") else { continue }
            #expect(plan.number(spelled: number.description, country: nil) == number)
        }
    }
}
