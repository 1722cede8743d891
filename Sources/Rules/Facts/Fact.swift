// SPDX-License-Identifier: Apache-2.0

/// Something that is looked up only when a rule asks for it.
package enum Fact<Value: Equatable & Sendable>: Equatable, Sendable {
    case unasked
    case known(Value)
}
