// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The whole program from outside: each script plays the platform or the operator with tools that are not ours.
///
/// Scripts that measure how fast the program reacts run alone; the others share the processors.
@Suite struct ScriptTests {
    static let measuring = [
        "attach.sh", "contact.sh", "dashboard.sh", "desk.sh", "examples.sh", "flood.sh", "hangup.sh", "headless.sh",
        "http.sh",
        "memory.sh", "operators.sh",
        "servers.sh", "service.sh", "slow.sh", "socket.sh", "stops.sh", "terminal.sh",
    ]
    static let others = [
        "allocation.sh", "answers.sh", "callers.sh", "clients.sh",
        "colleagues.sh", "commands.sh", "counts.sh", "crash.sh",
        "doctor.sh",
        "files.sh", "install.sh", "journal.sh", "metrics.sh", "openapi.sh", "output.sh", "past.sh", "probe.sh",
        "replicas.sh", "replicas-calls.sh",
        "readonly.sh", "records.sh", "reload.sh",
        "rulesfile.sh",
        "schema.sh", "screens.sh",
        "state.sh", "surfaces.sh", "tasks.sh", "tls.sh", "view.sh",
        "watch.sh",
    ]

    private static let processors = Processors(count: 3)

    @Test(arguments: measuring) func measures(_ script: String) async throws {
        try await Self.processors.use(3) { try await run(script) }
    }

    @Test(arguments: others) func passes(_ script: String) async throws {
        try await Self.processors.use(1) { try await run(script) }
    }

    @Test func everyScriptIsRun() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Script.folder.path)
        let scripts = files.filter { $0.hasSuffix(".sh") && $0 != "lib.sh" }
        #expect(scripts.sorted() == (Self.measuring + Self.others).sorted())
    }

    @Test func aScriptThatHangsIsEnded() async throws {
        let result = try await Script(text: "echo begun; sleep 600", seconds: 1).run()
        #expect(result.code == Script.timedOut)
        #expect(result.output == "begun\n")
    }

    /// A process left over from a script keeps the script's output open for longer than the script may take.
    @Test func aLeftoverProcessDoesNotBlock() async throws {
        let result = try await Script(text: "setsid sleep 600 & echo $!", seconds: 20).run()
        #expect(result.code == 0)
        let process = try #require(pid_t(result.output.dropLast()))
        #expect(kill(process, SIGKILL) == 0, "the process was waited for")
    }

    private func run(_ script: String) async throws {
        let result = try await Script(file: script).run()
        #expect(result.code == 0, "\(script): exit code \(result.code)\n\(result.output)")
    }
}
