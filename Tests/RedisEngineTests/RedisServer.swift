// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOPosix
import Sharing
import TestSupport

@testable import RedisEngine

/// Debian's redis-server in a temporary folder, on a Unix socket; it ends with the test.
final class RedisServer: Sendable {
    private static let program = "/usr/bin/redis-server"
    static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

    let folder: TemporaryFolder
    let socket: String
    private let process: Process

    enum Problem: Error {
        case ended(String)
    }

    /// Starts one and returns when it takes commands.
    init(_ settings: [String] = [], name: String = "redis", in folder: TemporaryFolder) async throws {
        self.folder = folder
        socket = folder.path("\(name).sock")
        process = Process()
        process.executableURL = URL(filePath: Self.program)
        var arguments = ["--port", "0", "--unixsocket", socket, "--dir", folder.path, "--dbfilename", "\(name).rdb"]
        if !settings.contains("--save") { arguments += ["--save", ""] }
        process.arguments = arguments + settings
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let started = await Self.waiting {
            var text = ""
            while !text.contains("eady to accept connections") {
                let piece = output.fileHandleForReading.availableData
                guard !piece.isEmpty else { break }
                text += String(decoding: piece, as: UTF8.self)
            }
            return text
        }
        guard started.contains("eady to accept connections") else { throw Problem.ended(started) }
        // What it writes later goes nowhere.
        output.fileHandleForReading.readabilityHandler = { handle in
            if handle.availableData.isEmpty { handle.readabilityHandler = nil }
        }
    }

    /// Waits on a thread of its own: the tests of all targets share those of the pool.
    private static func waiting<Answer: Sendable>(_ work: @escaping @Sendable () -> Answer) async -> Answer {
        await withCheckedContinuation { done in
            Thread.detachNewThread { done.resume(returning: work()) }
        }
    }

    deinit { end() }

    private func end() {
        guard process.isRunning else { return }
        signal(SIGCONT)
        signal(SIGKILL)
    }

    /// Ends it without a word; its connections are closed then.
    func kill() async {
        end()
        await Self.waiting { [process] in process.waitUntilExit() }
    }

    func signal(_ signal: Int32) { Foundation.kill(process.processIdentifier, signal) }

    /// How a replica reaches it, as `user:password` if given.
    ///
    /// It waits longer than the product does: hundreds of tests share the cores of the machine.
    func settings(
        replica: String = "test", credentials: String = "", desk: String = "main", patience: Duration = .seconds(30)
    ) throws -> EngineSettings {
        EngineSettings(
            addresses: [try EngineAddress("unix://\(credentials)\(socket)")], desk: try Self.name(desk),
            replica: try Self.name(replica), patience: patience)
    }

    static func name(_ text: String) throws -> ReplicaName {
        guard let name = ReplicaName(text) else { throw Problem.ended("\(text) is not a name") }
        return name
    }

    /// Sends a command as an administrator does.
    @discardableResult
    func command(_ words: String...) async throws -> RedisReply {
        let connection = try await Connection.open(
            try EngineAddress("unix://\(socket)"), tls: nil, patience: .seconds(30),
            on: MultiThreadedEventLoopGroup.singleton
        ) {}
        defer { connection.close() }
        return try await connection.send([RedisCommand().adding(words.map { Array($0.utf8) })])[0]
    }
}

/// A replica's engine for a test, which is shut down with it.
func withEngine<Result>(
    _ settings: EngineSettings, _ test: (RedisEngine) async throws -> Result
) async throws -> Result {
    let engine = RedisEngine(settings)
    do {
        let result = try await test(engine)
        await engine.shutDown()
        return result
    } catch {
        await engine.shutDown()
        throw error
    }
}
