// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A bash script that is run against the program of this build.
struct Script {
    struct Result {
        let code: Int32
        /// What it wrote to stdout and stderr.
        let output: String
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts")
    /// The exit code of a script that did not end in time.
    static let timedOut: Int32 = 124

    private let arguments: [String]

    /// A file of `folder`; the slowest takes about a minute on an idle machine.
    init(file: String) {
        self.init(["/bin/bash", Self.folder.appending(path: file).path], seconds: 600)
    }

    init(text: String, seconds: Int) {
        self.init(["/bin/bash", "-c", text], seconds: seconds)
    }

    /// `timeout` runs the script in a process group of its own and ends all of it when the time is up.
    private init(_ command: [String], seconds: Int) {
        arguments = ["/usr/bin/timeout", "--kill-after=20", String(seconds)] + command
    }

    /// The output goes to a file: a pipe would stay open for as long as any process left over from the script.
    func run() async throws -> Result {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = try spawn(writingTo: file.path)
        let status = await withCheckedContinuation { ended in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                ended.resume(returning: status)
            }
        }
        // As a shell has it: the exit code, or 128 and the signal.
        let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        return Result(code: code, output: String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    /// Starts the script.
    ///
    /// Foundation's `Process` would have it inherit the signals that a thread of a pool blocks, TERM among them, and would
    /// wait for every process left over from the script.
    private func spawn(writingTo output: String) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_APPEND, 0)
        posix_spawn_file_actions_adddup2(&files, 1, 2)

        let variables = ProcessInfo.processInfo.environment.merging(["SWITCHBOARD": Self.program.path]) { $1 }
        let argv = arguments.map { strdup($0) } + [nil]
        let environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + environment).forEach { free($0) } }
        var process: pid_t = 0
        let problem = posix_spawn(&process, arguments[0], &files, &attributes, argv, environment)
        guard problem == 0 else { throw POSIXError(POSIXErrorCode(rawValue: problem) ?? .EIO) }
        return process
    }

    /// The package manager builds the program into the folder of the test bundle.
    private static var program: URL {
        let folders = [Bundle.main.bundleURL, URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
        let candidates = folders.flatMap { [$0, $0.deletingLastPathComponent()] }
            .map { $0.appending(path: "switchboard") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
    }
}
