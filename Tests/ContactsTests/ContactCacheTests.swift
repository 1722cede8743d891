// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import TestSupport
import Testing

@Suite struct ContactCacheTests {
    private static func contact(_ name: String) -> Contact { Contact(attributes: ["name": name]) }

    @Test(arguments: [ContactAnswer.found(contact("Jan")), .unknown])
    func whatWasSaidIsRememberedForItsLifetime(_ answer: ContactAnswer) {
        var cache = ContactCache(lifetime: .seconds(1))
        cache.store(answer, for: ContactQuery("+31612345678"), at: 5)
        #expect(cache.answer(for: ContactQuery("+31612345678"), at: 1_000_000_004) == answer)
        #expect(cache.answer(for: ContactQuery("+31612345678"), at: 1_000_000_005) == nil)
        #expect(cache.answer(for: ContactQuery("+31612345679"), at: 5) == nil)
    }

    @Test(arguments: [ContactAnswer.timedOut, .skipped, .failed("x")])
    func aFailureIsNotRemembered(_ answer: ContactAnswer) {
        var cache = ContactCache(lifetime: .seconds(1))
        cache.store(answer, for: ContactQuery("+31612345678"), at: 0)
        #expect(cache.count == 0)
    }

    @Test func withoutALifetimeNothingIsRemembered() {
        var cache = ContactCache(lifetime: .zero)
        cache.store(.unknown, for: ContactQuery("+31612345678"), at: 0)
        #expect(cache.count == 0)
    }

    @Test func theOldestGoFirst() {
        var cache = ContactCache(lifetime: .seconds(1), mostNumbers: 2)
        for number: PhoneNumber in ["+311", "+312", "+311", "+313"] {
            cache.store(.unknown, for: ContactQuery(number), at: 0)
        }
        #expect(cache.count == 2)
        #expect(cache.answer(for: ContactQuery("+311"), at: 0) == nil)
        #expect(cache.answer(for: ContactQuery("+313"), at: 0) == .unknown)
    }

    @Test func textsAreBoundedInAll() {
        var cache = ContactCache(lifetime: .seconds(1), mostBytes: 100)
        for digit in 1...9 {
            guard let number = PhoneNumber("+3161234567\(digit)") else { continue }
            cache.store(.found(Self.contact(String(repeating: "x", count: 26))), for: ContactQuery(number), at: 0)
        }
        #expect(cache.count == 3)
    }
}
