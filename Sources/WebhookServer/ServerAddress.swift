// SPDX-License-Identifier: Apache-2.0

/// Where the webhook is listened for.
package struct ServerAddress: Hashable, Sendable {
    package let host: String
    /// 0 asks the system for a free port.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}

extension ServerAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
