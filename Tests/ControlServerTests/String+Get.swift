// SPDX-License-Identifier: Apache-2.0

extension String {
    /// A request for a path that leaves the connection open.
    static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: here\r\n\r\n" }
}
