// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import WebhookServer

/// The signals that stop the program or have it reload, handled on a queue of their own.
final class ProcessSignals {
    /// A signal that the program acts on.
    private enum Kind: Int32, CaseIterable, Sendable {
        case interrupt = 2
        /// Ctrl-\ at a terminal; without a handler, Swift treats it as a crash and reports for half a minute.
        case quit = 3
        case terminate = 15
        case hangUp = 1
    }

    private let sources: [any DispatchSourceSignal]

    /// Returns once every signal has its handler; an earlier one has its default effect.
    ///
    /// Dispatch installs handlers asynchronously. A terminal must be opened later: ncurses takes the signals that have no
    /// handler.
    init(
        stopping stop: ShutdownCoordinator, onInterrupt interrupt: (@Sendable () -> Void)? = nil,
        onHangUp hangUp: @escaping @Sendable () -> Void
    ) async {
        let act = { @Sendable (signal: Kind) in
            switch signal {
            case .interrupt: if let interrupt { interrupt() } else { stop.forceOnSecond(.interrupted) }
            case .quit: stop.forceOnSecond(.quit)
            case .terminate: stop.forceOnSecond(.terminated)
            case .hangUp: hangUp()
            }
        }
        let queue = DispatchQueue(label: "switchboard.signals")
        signal(SIGPIPE, SIG_IGN)
        sources = Kind.allCases.map { kind in
            let source = DispatchSource.makeSignalSource(signal: kind.rawValue, queue: queue)
            source.setEventHandler { act(kind) }
            return source
        }
        for source in sources {
            await withCheckedContinuation { continuation in
                source.setRegistrationHandler { continuation.resume() }
                source.resume()
            }
        }
    }
}

/// The limits that a server sets for its process.
enum ProcessLimits {
    /// New files are readable by their owner only, a file at its size limit is an error instead of the end of the process,
    /// and there may be as many files and connections as the system allows.
    static func set() {
        umask(0o077)
        signal(SIGXFSZ, SIG_IGN)
        var files = openFiles
        files.rlim_cur = files.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    }

    /// How many webhook connections may be open; files and the control socket need some descriptors too.
    static var connections: Int { min(ServerLimits.usualConnections, Int(clamping: openFiles.rlim_cur) / 2) }

    private static var openFiles: rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit
    }
}
