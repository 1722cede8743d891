// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What an operator asks of the desk.
package enum OverrideCommand: Hashable, Sendable {
    /// Begin an override of this kind in each of the scopes.
    case begin(Override.Kind, scopes: [Scope], reason: String, until: Until)
    /// Take back what closes the scopes, and what lies within them.
    case open([Scope])
    /// Take back what forces the scopes open: their lines follow their hours again.
    case followHours([Scope])
    /// Take back the forced greetings of the scopes, and of what lies within them.
    case clearGreeting([Scope])
    /// End one override, whatever it is.
    case end(id: Int)
    /// Take back the last change that still has something to take back.
    case undo
}
