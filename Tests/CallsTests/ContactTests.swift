// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct ContactTests {
    @Test(
        arguments: [
            Row("row 10: blank", " ", nil), Row("row 10: a no-break space", "\u{A0}", nil),
            Row("row 10: what cannot be seen", "\u{200B}\u{FEFF}", nil), Row("row 10: a line break", "\r\n", nil),
            Row("white space at the ends", " vip \t", "vip"),
            Row("white space inside", "Jan  de Vries", "Jan  de Vries"),
            Row("an accent first", "Éva", "Éva"), Row("an emoji with joiners", "👩‍⚕️", "👩‍⚕️"),
        ] as [Row<String, String?>])
    func aBlankAttributeIsNone(_ row: Row<String, String?>) {
        #expect(Contact(attributes: ["Name": row.input])["name"] == row.expected)
    }
}
