// SPDX-License-Identifier: Apache-2.0

/// A source of contacts, as the rules file names it.
package enum ContactSource: Equatable, Sendable {
    /// A CSV file; a relative path counts from the rules file.
    case csv(path: String)
}
