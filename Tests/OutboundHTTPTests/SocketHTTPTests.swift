// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import TestSupport
import Testing

/// Commands end in bounded time, whatever listens on the control socket.
@Suite(.timeLimit(.minutes(1))) struct SocketHTTPTests {
    @Test(arguments: [StallingServer.Behavior.isSilent, .stallsAfterHead, .drips])
    func aStalledServerTimesOut(_ behavior: StallingServer.Behavior) async throws {
        try await TemporaryFolder.with { folder in
            let http = OutboundHTTP()
            try await StallingServer.run(behavior, at: folder.path("s")) { _, _ in
                let socket = SocketHTTP(path: folder.path("s"), http: http)
                await #expect(throws: SocketFailure.timedOut) {
                    try await socket.send(.get, "/v1/status", within: .milliseconds(200))
                }
            }
            try await http.shutDown()
        }
    }

    @Test func withoutASocketNobodyListens() async throws {
        try await TemporaryFolder.with { folder in
            let http = OutboundHTTP()
            let socket = SocketHTTP(path: folder.path("s"), http: http)
            await #expect(throws: SocketFailure.nobodyListens) {
                try await socket.send(.get, "/v1/status", within: .seconds(20))
            }
            await #expect(throws: SocketFailure.nobodyListens) { try await socket.read("/v1/events") { _ in } }
            try await http.shutDown()
        }
    }
}
