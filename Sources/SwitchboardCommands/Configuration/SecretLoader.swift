// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Signatures

/// Fetches webhook secrets from where the rules file says they are; no message ever shows one.
enum SecretLoader {
    static func load(
        _ sources: [SecretSource], besides configuration: String, environment: [String: String]
    ) throws -> [WebhookSecret] {
        try sources.map { source in
            switch source {
            case .environment(let name):
                guard let text = environment[name], let secret = WebhookSecret(Array(text.utf8)) else {
                    throw CommandFailure(
                        .failure,
                        "The secret is missing: set the environment variable \(name), or take it out of "
                            + "server.secrets in \(configuration).")
                }
                return secret
            case .file(let path): return try read(path, besides: configuration)
            }
        }
    }

    private static func read(_ path: String, besides configuration: String) throws -> WebhookSecret {
        let place = NamedFiles.path(path, besides: configuration)
        guard case .bytes(var bytes) = NamedFiles.read(path, besides: configuration) else {
            throw CommandFailure(.failure, "The secret file \(place) cannot be read.")
        }
        while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
        if let secret = WebhookSecret(bytes) { return secret }
        throw CommandFailure(.failure, "The secret file \(place) is empty.")
    }
}
