// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation

/// The signals that end or turn the program, told to one function on a queue of their own.
///
/// They are ignored by the kernel's default first, so that neither the default action nor ncurses takes them.
final class ProcessSignals {
    /// A signal that the program acts on.
    enum Kind: Int32, CaseIterable, Sendable {
        case interrupt = 2
        case terminate = 15
        case hangUp = 1
    }

    private let sources: [any DispatchSourceSignal]

    init(_ act: @escaping @Sendable (Kind) -> Void) {
        let queue = DispatchQueue(label: "switchboard.signals")
        signal(SIGPIPE, SIG_IGN)
        sources = Kind.allCases.map { kind in
            signal(kind.rawValue, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: kind.rawValue, queue: queue)
            source.setEventHandler { act(kind) }
            source.resume()
            return source
        }
    }
}
