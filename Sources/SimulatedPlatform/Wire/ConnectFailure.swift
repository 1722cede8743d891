// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOPosix

/// Puts a connection that failed into a few words.
enum ConnectFailure {
    /// Returns the system's own words, such as `Connection refused`, without the wrapping of the library.
    static func words(for error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first { return words(for: first.error) }
            return error.dnsAError == nil && error.dnsAAAAError == nil ? "\(error)" : "the host name is unknown"
        case let error as IOError: return String(cString: strerror(error.errnoCode))
        default: return "\(error)"
        }
    }

    /// Tells whether time ran out, rather than that the other end refused.
    static func isTimeout(_ error: any Error) -> Bool {
        switch error {
        case ChannelError.connectTimeout: true
        case let error as NIOConnectionError: error.connectionErrors.contains { isTimeout($0.error) }
        default: false
        }
    }
}
