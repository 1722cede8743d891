// SPDX-License-Identifier: Apache-2.0

/// Whether the platform used our answer, told by the tag that it echoes (contract, section 6).
package enum Confirmation: String, Hashable, Sendable, CaseIterable {
    /// The answer carries no tag, so no echo can come: `{}`, `error`, or tags switched off.
    case notExpected = "not expected"
    /// A tag was sent and no webhook has shown the assistant in use yet.
    case unconfirmed
    /// The tag came back.
    case applied
    /// The call started with an assistant that does not carry the tag.
    case notApplied = "not applied"
}
