// SPDX-License-Identifier: Apache-2.0

import ContactTables
import Contacts
import PhoneNumbers

/// Tables of contacts, as spreadsheets and phones export them.
enum TableTargets {
    private static let plan = WorldNumberingPlan()

    static func contacts(_ bytes: [UInt8]) {
        do throws(ContactTableError) {
            let reading = try ContactTable.read(bytes, name: "contacts.csv", country: "NL", numbers: plan)
            require(reading.rows >= 0 && reading.table.count >= 0, "a table with less than nothing")
            require(!reading.numberColumns.isEmpty, "a table without a column of numbers is read")
        } catch {
            require(!"\(error)".isEmpty, "a table is refused without words")
        }
    }
}
