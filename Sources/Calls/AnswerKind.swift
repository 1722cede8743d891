// SPDX-License-Identifier: Apache-2.0

/// What an answer does to a call, in one word for rows, filters and metrics.
package enum AnswerKind: String, Hashable, Sendable, CaseIterable {
    /// The saved assistant, as it is.
    case standard = "default"
    case greeting
    /// Blocks of the assistant are replaced: model, speech, settings.
    case override
    case analysis
    case limit
    case rejected
    case raw
}
