// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation

/// The signals that end or turn the program, told to one function on a queue of their own.
final class ProcessSignals {
    /// A signal that the program acts on.
    enum Kind: Int32, CaseIterable, Sendable {
        case interrupt = 2
        /// By Ctrl-\ at a terminal; left alone, Swift takes it for a crash and reports for half a minute.
        case quit = 3
        case terminate = 15
        case hangUp = 1
    }

    private let sources: [any DispatchSourceSignal]

    /// Returns once every signal is told to `act`; one that comes before that does what it does to any program.
    ///
    /// Dispatch installs its handlers behind the scenes. Who opens a terminal must come later: ncurses takes the
    /// signals that nobody has.
    init(_ act: @escaping @Sendable (Kind) -> Void) async {
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
