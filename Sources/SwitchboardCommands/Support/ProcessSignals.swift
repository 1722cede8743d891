// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation

/// The signals that stop the program or have it reload, handled on a queue of their own.
final class ProcessSignals {
    /// A signal that the program acts on.
    private enum Kind: Int32, CaseIterable, Sendable {
        case interrupt = 2
        /// Ctrl-\ at a terminal; without a handler, Swift treats it as a crash and reports for half a minute.
        case quit = 3
        case terminate = 15
        case hangUp = 1
        /// SIGUSR1: log files were renamed.
        case reopen = 10
    }

    private let sources: [any DispatchSourceSignal]

    /// Returns once every signal has its handler; an earlier one has its default effect.
    ///
    /// Dispatch installs handlers asynchronously. A terminal must be opened later: ncurses takes the signals that have no
    /// handler.
    init(
        stopping stop: ShutdownCoordinator, onInterrupt interrupt: (@Sendable () -> Void)? = nil,
        onHangUp hangUp: @escaping @Sendable () -> Void, onReopen reopen: @escaping @Sendable () -> Void = {}
    ) async {
        let act = { @Sendable (signal: Kind) in
            switch signal {
            case .interrupt: if let interrupt { interrupt() } else { stop.forceOnSecond(.interrupted) }
            case .quit: stop.forceOnSecond(.quit)
            case .terminate: stop.forceOnSecond(.terminated)
            case .hangUp: hangUp()
            case .reopen: reopen()
            }
        }
        let queue = DispatchQueue(label: "switchboard.signals")
        signal(SIGPIPE, SIG_IGN)
        signal(SIGUSR1, SIG_IGN)
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
