// SPDX-License-Identifier: Apache-2.0

/// What the user asked for with `--color`.
package enum ColorChoice: String, CaseIterable, Hashable, Sendable {
    case auto, never, mono
    case eight = "8"
    case sixteen = "16"
    case full = "256"
    /// Shown with 256 colours, which the themes are made for.
    case truecolor
}
