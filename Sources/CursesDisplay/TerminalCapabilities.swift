// SPDX-License-Identifier: Apache-2.0

/// What the terminal of a session can do.
package struct TerminalCapabilities: Hashable, Sendable {
    /// 0 when there are none.
    package let colors: Int
    /// The locale says UTF-8 and the font is not the console's.
    package let showsUnicode: Bool
    package let hasTitle: Bool
}
