// SPDX-License-Identifier: Apache-2.0

package import Contacts
package import Rules
import Synchronization

extension OverrideService {
    /// Puts a new rules file in use; the overrides stay as they are.
    ///
    /// Returns in words which lines now answer an unknown caller differently.
    @discardableResult
    package func use(_ rules: RuleSet, contacts: ContactDirectory) -> [String] {
        let before = book
        books.replace { held in
            CurrentRules.Snapshot(book: CompiledRules(rules: rules, switches: held.book.switches), contacts: contacts)
        }
        clockZone.withLock { $0 = rules.zone }
        let differences = CompiledRules.differences(from: before, to: book, at: clock.now())
        tell((["the rules of revision \(rules.revision) are in use"] + differences).joined(separator: "; "))
        return differences
    }

    /// The contacts that belong to the book in use.
    package var contacts: ContactDirectory { books.current.contacts }
}
