// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The whole program from outside: each script plays the platform or the operator with tools that are not ours.
///
/// One after the other: they measure how fast the program reacts, and share two cores with nobody else then.
@Suite(.serialized) struct ScriptTests {
    static let scripts = [
        "answers.sh", "commands.sh", "schema.sh", "headless.sh", "reload.sh", "http.sh", "dashboard.sh", "terminal.sh",
        "flood.sh", "memory.sh", "servers.sh", "state.sh", "watch.sh", "examples.sh", "desk.sh", "socket.sh",
        "attach.sh", "crash.sh", "openapi.sh",
    ]

    @Test(arguments: scripts) func passes(_ script: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [folder.appending(path: script).path]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["SWITCHBOARD": Self.program.path], uniquingKeysWith: { _, new in new })
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(script) said:\n\(said)")
    }

    @Test func everyScriptIsRun() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts")
        let there = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(there.filter { $0.hasSuffix(".sh") && $0 != "lib.sh" }) == Set(Self.scripts))
    }

    /// The program stands beside the test bundle, where the package manager builds both.
    private static var program: URL {
        let folders = [Bundle.main.bundleURL, URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
        let candidates = folders.flatMap { [$0, $0.deletingLastPathComponent()] }
            .map { $0.appending(path: "switchboard") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
    }
}
