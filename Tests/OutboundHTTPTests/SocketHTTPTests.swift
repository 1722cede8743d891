// SPDX-License-Identifier: Apache-2.0

import Foundation
import OutboundHTTP
import TestSupport
import Testing

/// Commands end in bounded time, whatever listens on the control socket.
@Suite(.timeLimit(.minutes(5))) struct SocketHTTPTests {
    @Test(arguments: [StallingServer.Behavior.isSilent, .stallsAfterHead, .drips])
    func aStalledServerTimesOut(_ behavior: StallingServer.Behavior) async throws {
        try await TemporaryFolder.with { folder in
            try await OutboundHTTP.withClient { http in
                try await StallingServer.run(behavior, at: folder.path("s")) { _, _ in
                    let socket = SocketHTTP(path: folder.path("s"), http: http)
                    await #expect(throws: SocketFailure.timedOut) {
                        try await socket.send(.get, "/v1/status", within: .milliseconds(200))
                    }
                }
            }
        }
    }

    @Test("row 1: a stream of a hung server ends", arguments: [StallingServer.Behavior.isSilent, .stallsAfterHead])
    func aSilentStreamTimesOut(_ behavior: StallingServer.Behavior) async throws {
        try await TemporaryFolder.with { folder in
            try await OutboundHTTP.withClient { http in
                try await StallingServer.run(behavior, at: folder.path("s")) { _, _ in
                    let socket = SocketHTTP(path: folder.path("s"), http: http)
                    await #expect(throws: SocketFailure.timedOut) {
                        try await socket.read("/v1/events", silence: .milliseconds(200)) { _ in }
                    }
                }
            }
        }
    }

    @Test(
        "row 1: a stream whose socket was removed or replaced ends, though the server sends", arguments: [false, true])
    func aStreamEndsWithItsSocket(_ isReplaced: Bool) async throws {
        try await TemporaryFolder.with { folder in
            try await OutboundHTTP.withClient { http in
                try await StallingServer.run(.drips, at: folder.path("s")) { server, _ in
                    let socket = SocketHTTP(path: folder.path("s"), http: http)
                    // Long: on a busy machine the server may be late with its drips.
                    let stream = Task { try await socket.read("/v1/events", silence: .seconds(10)) { _ in } }
                    while server.connections == 0 { await Task.yield() }
                    try FileManager.default.moveItem(atPath: folder.path("s"), toPath: folder.path("moved"))
                    if isReplaced { try Data().write(to: URL(fileURLWithPath: folder.path("s"))) }
                    await #expect(throws: SocketFailure.nobodyListens) { try await stream.value }
                    // The server removes its socket by that path, and no other file.
                    if isReplaced { try FileManager.default.removeItem(atPath: folder.path("s")) }
                }
            }
        }
    }

    @Test func withoutASocketNobodyListens() async throws {
        try await TemporaryFolder.with { folder in
            try await OutboundHTTP.withClient { http in
                let socket = SocketHTTP(path: folder.path("s"), http: http)
                await #expect(throws: SocketFailure.nobodyListens) {
                    try await socket.send(.get, "/v1/status", within: .seconds(20))
                }
                await #expect(throws: SocketFailure.nobodyListens) {
                    try await socket.read("/v1/events", silence: .seconds(20)) { _ in }
                }
            }
        }
    }
}
