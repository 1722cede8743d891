// SPDX-License-Identifier: Apache-2.0

import Rules
import Testing

/// A decimal number is one value in every spelling; an identifier is its text.
@Suite struct ContactValueKeyTests {
    @Test(arguments: [
        ("1.50", "1.5"), ("1.5", "1.5"), ("5.0", "5"), ("5.00", "5"), ("-3.10", "-3.1"), ("0.0", "0"), ("100", "100"),
        ("007", "007"), ("10.020", "10.02"), ("1.50.0", "1.50.0"), ("v1.0", "v1.0"), ("1.", "1."), (".50", ".50"),
        ("1,50", "1,50"), ("-", "-"), ("-.0", "-.0"), ("GOLD", "gold"), ("Room 2.0", "room 2.0"), ("1e10.0", "1e10.0"),
    ]) func zerosAtTheEndDoNotCount(_ value: String, _ key: String) {
        #expect(ContactValues.key(value) == key)
        #expect(ContactValues.key(key) == key, "a key is its own key")
        #expect(ContactValues.oneOf([key]).contains(value))
    }
}
