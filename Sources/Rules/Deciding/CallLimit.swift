// SPDX-License-Identifier: Apache-2.0

/// More than so many calls within so long, the call in question counted too.
package struct CallLimit: Hashable, Sendable {
    package let moreThan: Int
    package let withinSeconds: Int

    package init(moreThan: Int, withinSeconds: Int) {
        precondition(moreThan > 0 && withinSeconds > 0, "a limit counts calls within a time")
        self.moreThan = moreThan
        self.withinSeconds = withinSeconds
    }
}
