// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import JSON
package import Calls
package import WireFormat

/// What the control API asks of the program around it.
package struct ControlDependencies: Sendable {
    /// The program's version.
    package let version: String
    /// What the operator must see, at this moment.
    package let status: @Sendable () -> ServerStatus
    /// Explains a call that has not happened, as `explain --json` does.
    package let explain:
        @Sendable (_ caller: String, _ called: String, _ at: Instant?) async throws(ControlProblem) ->
            JSONValue
    /// Reads the rules file again and says what came of it; `nil` where there is no file.
    package let reload: @Sendable () async -> ReloadReport?
    /// The name of a user account, by its number.
    package let accountName: @Sendable (UInt32) -> String

    package init(
        version: String, status: @escaping @Sendable () -> ServerStatus,
        explain: @escaping @Sendable (String, String, Instant?) async throws(ControlProblem) -> JSONValue,
        reload: @escaping @Sendable () async -> ReloadReport?,
        accountName: @escaping @Sendable (UInt32) -> String
    ) {
        self.version = version
        self.status = status
        self.explain = explain
        self.reload = reload
        self.accountName = accountName
    }
}

/// What is wrong with a request, as its answer says it.
package struct ControlProblem: Error, Hashable, Sendable {
    /// The HTTP status.
    package let status: Int
    package let code: String
    package let message: String

    package init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }
}
