// SPDX-License-Identifier: Apache-2.0

package import Overrides

/// A store that saves nothing, since the disk is full.
package struct FullDisk: OverrideStore {
    package init() {}

    package func keep(_ state: OverrideState, audit: [AuditEntry]) throws(OverrideStoreError) {
        throw OverrideStoreError("no space left")
    }
}
