// SPDX-License-Identifier: Apache-2.0

/// The spelling of keys that a webhook uses, and in which it is answered (contract, section 14).
package enum Dialect: Hashable, Sendable, CaseIterable {
    /// `phone_number`, `first_message`: the documented form.
    case snakeCase
    /// `phoneNumber`, `firstMessage`: the form of December 2025, L1.
    case camelCase
}
