// SPDX-License-Identifier: Apache-2.0

import Calls

/// A call that is to be answered.
struct OpenCall: Sendable {
    let call: AssistantRequest
    /// The id of its decision.
    let id: String
    /// What was in use when the call came; it decides to the end, so that the answer is wholly of one version.
    let held: CurrentRules.Snapshot
}
