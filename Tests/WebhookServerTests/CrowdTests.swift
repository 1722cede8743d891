// SPDX-License-Identifier: Apache-2.0

import Testing
import WebhookServer

/// A crowd of connections keeps no good client out.
@Suite(.timeLimit(.minutes(5))) struct CrowdTests {
    private static let limits = ServerLimits(body: 1024, connections: 256)

    @Test func goodClientsAreAnsweredInACrowd() async throws {
        try await ListeningServer.run(limits: Self.limits) { server in
            let kept = Wire.request(body: Wire.call("kept"))
            try await RawConnection.open(to: server.server.address) { good in
                try await good.send(kept)
                #expect(try await good.read(through: "}}") == Wire.greeted)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            while !Task.isCancelled {
                                _ = await Task { try await Self.press(server.server.address) }.result
                            }
                        }
                    }
                    for _ in 0..<320 {
                        group.addTask { _ = try await server.answer(to: []) }
                    }
                    for number in 0..<20 {
                        let request = Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call("\(number)"))
                        let reply = try await server.answer(to: [request])
                        #expect(reply == Wire.lastGreeted)
                    }
                    group.cancelAll()
                    // How the crowd fares does not matter.
                    while await group.nextResult() != nil {}
                }
                try await good.send(kept)
                #expect(try await good.read(through: "}}") == Wire.greeted)
            }
        }
    }

    /// Opens a connection, begins a request, and gives up.
    private static func press(_ address: ServerAddress) async throws {
        try await RawConnection.open(to: address) { try await $0.send("POST /webhook HTTP/1.1\r\n") }
    }
}
