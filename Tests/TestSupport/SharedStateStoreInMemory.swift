// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import Sharing
import Synchronization

/// A disk that lasts as long as a test, with what a restart finds; it can be full.
package final class RememberedShare: SharedStateStore {
    private struct Kept {
        var state = OverrideState()
        var share: KeptShare?
        var audit: [AuditEntry] = []
        var isFull = false
    }

    private let kept = Mutex(Kept())

    package init() {}

    package func keep(_ state: OverrideState, audit: [AuditEntry]) throws(OverrideStoreError) {
        try keep(state, audit, share: nil)
    }

    package func keep(_ share: KeptShare, audit: [AuditEntry]) throws(OverrideStoreError) {
        try keep(share.state.overrides, audit, share: share)
    }

    private func keep(
        _ state: OverrideState, _ audit: [AuditEntry], share: KeptShare?
    ) throws(OverrideStoreError) {
        try kept.withLock { kept throws(OverrideStoreError) in
            guard !kept.isFull else { throw OverrideStoreError("the disk is full") }
            kept.state = state
            kept.share = share
            let last = kept.audit.last?.number ?? 0
            kept.audit += audit.filter { $0.number > last }
        }
    }

    package func fill(_ isFull: Bool) { kept.withLock { $0.isFull = isFull } }

    package var state: OverrideState { kept.withLock { $0.state } }
    package var share: KeptShare? { kept.withLock { $0.share } }
    package var audit: [AuditEntry] { kept.withLock { $0.audit } }
}
