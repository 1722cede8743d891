// SPDX-License-Identifier: Apache-2.0

package import ControlSocket

/// Why the control socket cannot be listened on.
package typealias ControlServerError = ControlSocketError
