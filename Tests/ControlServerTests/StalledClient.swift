// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// A client that asks for a stream and then reads nothing.
enum StalledClient {
    static func open(to path: String, asking: String = "/stream", _ meanwhile: () async throws -> Void) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .connect(unixDomainSocketPath: path).get()
        try await channel.writeAndFlush(ByteBuffer(string: "GET \(asking) HTTP/1.1\r\n\r\n"))
        do {
            try await meanwhile()
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }
}
