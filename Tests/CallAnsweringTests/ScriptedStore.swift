// SPDX-License-Identifier: Apache-2.0

import Overrides
import Synchronization

/// A store that saves states in memory, and fails on request.
final class ScriptedStore: OverrideStore {
    private let held = Mutex<(failure: String?, problem: String?, asked: Int, audit: [AuditEntry])>((nil, nil, 0, []))

    var failure: String? {
        get { held.withLock { $0.failure } }
        set { held.withLock { $0.failure = newValue } }
    }

    var problem: String? {
        get { held.withLock { $0.problem } }
        set { held.withLock { $0.problem = newValue } }
    }

    /// How often it was asked to keep something.
    var asked: Int { held.withLock { $0.asked } }

    /// The lines of the audit that were kept.
    var audit: [AuditEntry] { held.withLock { $0.audit } }

    func keep(_ state: OverrideState, audit: [AuditEntry]) throws(OverrideStoreError) {
        try held.withLock { held throws(OverrideStoreError) in
            held.asked += 1
            if let words = held.failure { throw OverrideStoreError(words) }
            held.audit += audit
        }
    }
}
