// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP

extension OutboundHTTP {
    /// Runs a test with a client, and shuts the client down even if the test throws.
    static func withClient<Result>(
        connectionsPerServer: Int = usualConnectionsPerServer, connectSeconds: Int64 = 5,
        _ test: (OutboundHTTP) async throws -> Result
    ) async throws -> Result {
        let http = OutboundHTTP(connectionsPerServer: connectionsPerServer, connectSeconds: connectSeconds)
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await test(http))
        } catch {
            result = .failure(error)
        }
        try await http.shutDown()
        return try result.get()
    }
}
