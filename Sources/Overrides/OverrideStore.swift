// SPDX-License-Identifier: Apache-2.0

/// Keeps what the desk must not forget.
package protocol OverrideStore: Sendable {
    /// Keeps a state and the lines of the audit that belong to it; when it returns, a restart finds both.
    ///
    /// It waits for the disk. When it throws, a restart finds the state of before.
    func keep(_ state: OverrideState, audit: [AuditEntry]) throws(OverrideStoreError)

    /// What is wrong although the newest state is kept, as a sentence for the operator; `nil` while nothing is.
    var problem: String? { get }
}

extension OverrideStore {
    package var problem: String? { nil }
}

/// Why a state could not be kept.
package struct OverrideStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, with the file and the system's word for it.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Forgets everything when the program ends, as a demonstration may.
package struct InMemoryOverrideStore: OverrideStore {
    package init() {}

    package func keep(_ state: OverrideState, audit: [AuditEntry]) {}
}
