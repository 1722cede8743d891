// SPDX-License-Identifier: Apache-2.0

/// The process at the other end of a connection, as the kernel knows it.
package struct ControlPeer: Hashable, Sendable {
    /// The effective user when it connected.
    package let user: UInt32
    /// Its process number; 0 where the kernel does not tell it, as across containers.
    package let process: Int32

    package init(user: UInt32, process: Int32) {
        self.user = user
        self.process = process
    }

    /// Says whether this peer may steer a server that runs as `owner`: that user and root may.
    package func mayControl(serverOf owner: UInt32) -> Bool {
        user == owner || user == 0
    }
}
