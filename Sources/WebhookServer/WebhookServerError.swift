// SPDX-License-Identifier: Apache-2.0

/// Why the webhook cannot be listened for.
package enum WebhookServerError: Error, Equatable, Sendable {
    case addressTaken(ServerAddress)
    case cannotListen(ServerAddress, reason: String)
}

extension WebhookServerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .addressTaken(let address):
            "\(address) is taken: another program listens there; stop it or choose another address with --listen"
        case .cannotListen(let address, let reason): "cannot listen on \(address): \(reason)"
        }
    }
}
