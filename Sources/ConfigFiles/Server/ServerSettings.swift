// SPDX-License-Identifier: Apache-2.0

/// What the rules file says of the server; a change needs a restart.
package struct ServerSettings: Equatable, Sendable {
    package var listen: ListenAddress
    /// The path of the webhook, such as `/webhook`.
    package var path: String
    /// Tried in turn; none means that webhooks are not signed.
    package var secrets: [SecretSource]
    /// Whether a public address may be served without a secret.
    package var allowsUnsigned: Bool
    /// How long an answer may take before the fallback goes out; more than nothing and less than 5 s.
    package var answerWithin: Duration
    /// How many bytes a webhook may have.
    package var maxBody: Int
    /// How many calls are remembered.
    package var keepCalls: Int
    /// How many bytes the remembered calls may take.
    package var keepBytes: Int

    package init(
        listen: ListenAddress = .standard, path: String = "/webhook", secrets: [SecretSource] = [],
        allowsUnsigned: Bool = false, answerWithin: Duration = .seconds(4), maxBody: Int = 1 << 20,
        keepCalls: Int = 10_000, keepBytes: Int = 64 << 20
    ) {
        self.listen = listen
        self.path = path
        self.secrets = secrets
        self.allowsUnsigned = allowsUnsigned
        self.answerWithin = answerWithin
        self.maxBody = maxBody
        self.keepCalls = keepCalls
        self.keepBytes = keepBytes
    }
}
