// SPDX-License-Identifier: Apache-2.0

/// Where a webhook secret is read from; the secret itself never stands in a rules file.
package enum SecretSource: Hashable, Sendable {
    /// An environment variable.
    case environment(String)
    /// A file, whose text without the line end is the secret; a relative path counts from the rules file.
    case file(String)
}
