// SPDX-License-Identifier: Apache-2.0

import Foundation
import WebhookServer

/// The limits that a server sets for its process.
enum ProcessLimits {
    /// New files are readable by their owner only, a file at its size limit is an error instead of the end of the process,
    /// stray signals are ignored, no core file holds secrets, and there may be as many files and connections as the system
    /// allows.
    ///
    /// Fails if the limits leave no room for a server.
    static func set() throws {
        umask(0o077)
        for number in strays { signal(number, SIG_IGN) }
        var core = limit(RLIMIT_CORE)
        core.rlim_cur = 0
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
        var files = limit(RLIMIT_NOFILE)
        files.rlim_cur = files.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        try check()
    }

    /// How many webhook connections may be open.
    static var connections: Int {
        connections(files: Int(clamping: limit(RLIMIT_NOFILE).rlim_cur), inherited: inheritedFiles)
    }

    /// Half of the descriptors, since upstreams and the control socket need some too; of a few, what the server itself and
    /// those that it inherited leave.
    static func connections(files: Int, inherited: Int) -> Int {
        min(ServerLimits.usualConnections, files / 2, max(1, (files - ownFiles - inherited) * 3 / 4))
    }

    /// How many descriptors the server needs before the first connection: its event loops, signals, files and sockets.
    private static let ownFiles = 26 + 3 * max(2, ProcessInfo.processInfo.activeProcessorCount)
    /// What the starting process left open, beyond the three streams; counted before the server opens its own.
    private static let inheritedFiles = max(0, openFiles - 3)
    /// How many descriptors are open; 0 where the system does not say.
    private static var openFiles: Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            // The names are numbers, but for those of the folder and its parent.
            if entry.pointee.d_name.0 != UInt8(ascii: ".") { count += 1 }
        }
        // One of them is that of the folder.
        return count - 1
    }
    /// The fewest connections with which a server is of use.
    private static let fewestConnections = 4
    /// The address space, in bytes, that a server needs once it is loaded: the stacks of its threads take most of it.
    private static let leastServerSpace = 464 << 20

    /// How many threads a server starts: its event loops, those of the journal, of Dispatch and of tasks.
    private static let ownThreads = 9 + 2 * max(2, ProcessInfo.processInfo.activeProcessorCount)

    /// SIGPIPE and SIGXFSZ become errors of the write; the others mean nothing here, and would end the process.
    private static var strays: [Int32] {
        let named = [
            SIGPIPE, SIGXFSZ, SIGXCPU, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR,
            SIGSTKFLT,
        ]
        return named + (__libc_current_sigrtmin()...__libc_current_sigrtmax())
    }

    /// The address space, in bytes, that every command needs once it is loaded: for the stacks of a few threads and a heap.
    private static let leastFreeSpace = 96 << 20

    /// Why no command can run in what is left of the address space, of the threads and of the descriptors; `nil` if it can.
    ///
    /// Without a thread, Dispatch waits for one without end and says nothing; without a descriptor, SwiftNIO traps.
    static func commandProblem() -> String? {
        spaceProblem(needing: leastFreeSpace, "a command") ?? threadProblem(needing: fewestThreads, "a command")
            ?? fileProblem(needing: openFiles + fewestFiles, "a command")
    }

    /// How many descriptors every command needs in addition to those that it was started with: an event loop, files.
    private static let fewestFiles = 12

    /// How many threads every command starts.
    private static let fewestThreads = 4

    /// Why the arguments of the command are not known; `nil` if they are.
    ///
    /// Swift reads them from /proc, and without it has none: every command would print the help and succeed.
    static func argumentsProblem() -> String? {
        let path = "/proc/self/cmdline"
        return access(path, R_OK) == 0
            ? nil
            : "\(path) cannot be read (\(String(cString: strerror(errno)))), and with it the arguments: mount /proc."
    }

    private static func spaceProblem(needing least: Int, _ who: String) -> String? {
        let space = mmap(nil, least, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        if let space, space != MAP_FAILED {
            munmap(space, least)
            return nil
        }
        return "The address space is limited to \(limit(RLIMIT_AS).rlim_cur >> 20) MiB, which leaves less than the "
            + "\(least >> 20) MiB that \(who) needs for its threads: raise `ulimit -v`, or limit the memory instead, as with "
            + "MemoryMax= in systemd."
    }

    private static func check() throws {
        if let problem = spaceProblem(needing: leastServerSpace, "a server") { throw CommandFailure(.failure, problem) }
        if let problem = threadProblem(needing: ownThreads, "a server") { throw CommandFailure(.failure, problem) }
        let least = ownFiles + inheritedFiles + fewestConnections * 4 / 3
        if let problem = fileProblem(needing: least, "a server") { throw CommandFailure(.failure, problem) }
    }

    private static func fileProblem(needing least: Int, _ who: String) -> String? {
        let files = limit(RLIMIT_NOFILE).rlim_cur
        guard files < UInt64(least) else { return nil }
        return
            "Only \(files) files may be open, and \(who) needs at least \(least): raise `ulimit -n`, or LimitNOFILE= "
            + "in systemd."
    }

    /// Why the threads of a command or a server cannot be started; `nil` if they can.
    ///
    /// They are tried: what counts against the limits, of a user and of a container, is not to be seen from here.
    private static func threadProblem(needing least: Int, _ who: String) -> String? {
        let gate = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        defer { gate.deallocate() }
        guard sem_init(gate, 0, 0) == 0 else { return nil }
        var threads: [pthread_t] = []
        while threads.count < least {
            var thread = pthread_t()
            let wait: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { gate in
                if let gate { while sem_wait(gate.assumingMemoryBound(to: sem_t.self)) != 0 {} }
                return nil
            }
            guard pthread_create(&thread, nil, wait, gate) == 0 else { break }
            threads.append(thread)
        }
        for _ in threads { sem_post(gate) }
        for thread in threads { pthread_join(thread, nil) }
        sem_destroy(gate)
        guard threads.count < least else { return nil }
        return
            "Only \(threads.count) more threads may run, and \(who) needs \(least): raise `ulimit -u`, TasksMax= in "
            + "systemd, or the limit of the container."
    }

    /// A limit; a system that hides it has none.
    private static func limit(_ resource: __rlimit_resource) -> rlimit {
        var limit = rlimit(rlim_cur: .max, rlim_max: .max)
        getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        return limit
    }
}
