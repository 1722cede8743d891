// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Saves the state of the overrides.
package protocol OverrideStore: Sendable {
    /// Saves a state and its audit entries; when it returns, a restart finds both.
    ///
    /// Blocks until they are on disk. When it throws, a restart finds the previous state.
    func keep(_ state: OverrideState, audit: [AuditEntry]) throws(OverrideStoreError)

    /// Removes a number from what is kept besides the state, such as the audit; returns the names of the files that had it.
    func forget(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) throws(OverrideStoreError) -> [String]

    /// A problem that did not prevent saving, as a sentence for the operator; `nil` without one.
    var problem: String? { get }
}

extension OverrideStore {
    package var problem: String? { nil }

    package func forget(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) throws(OverrideStoreError) -> [String]
    {
        []
    }
}

/// Why a state could not be saved.
package struct OverrideStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, with the file and the system's message.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Forgets everything when the program ends; for the demo server and tests.
package struct InMemoryOverrideStore: OverrideStore {
    package init() {}

    package func keep(_ state: OverrideState, audit: [AuditEntry]) {}
}
