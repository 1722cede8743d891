// SPDX-License-Identifier: Apache-2.0

package import Screen

/// How the dashboard looks: a theme and the colours that the terminal has for it.
package struct DashboardLook: Sendable {
    package let theme: Theme
    package let depth: ColorDepth

    package init(theme: Theme, depth: ColorDepth) {
        self.theme = theme
        self.depth = depth
    }
}
