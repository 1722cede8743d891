// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import Signatures
import SimulatedPlatform

/// The secret with which a command signs webhooks, as the platform does.
struct SigningOptions: ParsableArguments {
    private static let standard = "SWITCHBOARD_WEBHOOK_SECRET"

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Environment variable with the secret; default: SWITCHBOARD_WEBHOOK_SECRET, if set.", valueName: "NAME"))
    var secretEnv: String?

    /// What a command says that sends unsigned webhooks because no secret was given.
    static let unsigned = "Note: \(standard) is not set; sending unsigned."

    /// The secret; `nil` sends unsigned webhooks.
    func secret(_ environment: [String: String]) throws -> WebhookSecret? {
        let name = secretEnv ?? Self.standard
        guard let text = environment[name] else {
            guard secretEnv == nil else { throw CommandFailure(.usage, "The environment variable \(name) is not set.") }
            return nil
        }
        guard let secret = WebhookSecret(Array(text.utf8)) else {
            throw CommandFailure(.usage, "The environment variable \(name) is empty.")
        }
        return secret
    }
}

extension WebhookTarget {
    /// Reads the option `--url`.
    init(option url: String) throws {
        do throws(WebhookTargetError) {
            try self.init(url: url)
        } catch {
            throw CommandFailure(.usage, "--url: \(error)")
        }
    }
}
