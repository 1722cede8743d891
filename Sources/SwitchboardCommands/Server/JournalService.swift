// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Dashboard
import Dispatch
import EventLog
import Journal
import Overrides
import Screen
import ServiceLifecycle
import Synchronization
import WireFormat

/// Keeps the record of calls on disk while the server runs, and writes what is left at the end.
struct JournalService: Service {
    let journal: Journal
    let stop: ShutdownCoordinator
    /// Whether a state folder keeps which numbers are still to be forgotten.
    let keepsWishes: Bool

    /// What the services after this one need of the time for a stop, in seconds.
    private static let reserve = 1.0
    private static let leastPatience = 1.0

    func run() async throws {
        journal.start()
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // A cancelled journal ends like a stopped one: with what is left written.
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let patience = max(Self.leastPatience, stop.secondsLeft - Self.reserve)
                for words in journal.stop(within: patience).words(keepsWishes: keepsWishes) { StandardError.say(words) }
                continuation.resume()
            }
        }
    }
}

extension Journal.Unfinished {
    /// What a stop left undone, a sentence each.
    func words(keepsWishes: Bool) -> [String] {
        let lost = [(calls, "call"), (events, "other event")].filter { $0.0 > 0 }.map { CountText.words($0.0, $0.1) }
        let reason = why.map { ": \($0)" } ?? ", since its disk was too slow"
        let numbers = CountText.words(numbers, "number")
        let rest =
            keepsWishes
            ? "the next start goes on with it" : "nothing remembers it, so run `switchboard journal forget` again"
        return [
            lost.isEmpty ? nil : "The journal lacks the last changes of \(lost.joined(separator: " and "))\(reason)",
            self.numbers == 0 ? nil : "The journal has still to forget \(numbers); \(rest)",
        ].compactMap(\.self).map(CleanText.clean)
    }
}

extension Journal {
    /// The name of the file in the state folder.
    static let fileName = "calls.sqlite"

    /// How long a request waits for the calls of earlier sessions, in seconds.
    private static let restoring = 5.0

    /// Waits until the calls of earlier sessions are in memory.
    func untilRestored() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                self.waitUntilRestored(seconds: Self.restoring)
                continuation.resume()
            }
        }
    }
}

extension Journal.Options {
    /// The journal of a rules file; `nil` if it keeps none.
    init?(_ settings: ServerSettings, of configuration: String, stateFolder: String) {
        guard let journal = settings.journal else { return nil }
        let path =
            journal.file.map { NamedFiles.path($0, besides: configuration) }
            ?? "\(stateFolder)/\(Journal.fileName)"
        self.init(
            path: path,
            contents: KeptContents(
                bodies: journal.bodies, transcripts: journal.transcripts, contacts: journal.files),
            limits: JournalLimits(days: journal.days, calls: journal.calls, bytes: journal.bytes),
            files: journal.files,
            mostQueued: Self.mostQueued(of: MemoryLimit.bytes),
            version: Version.text)
    }

    /// How many bytes of calls may wait for the disk: not so many that a disk that stalls costs the server its life.
    private static func mostQueued(of memory: Int?) -> Int { min(64 << 20, (memory ?? .max) / 8) }
}

/// Passes on what people should know of the journal: to the log, to everyone who shows the status, and to the operator.
final class JournalReports: Sendable {
    private let log: EventLog
    private let overrides: OverrideService
    private let clock: WallClock
    /// What came before there was anyone to show it to.
    private let state = Mutex<(waiting: [Journal.News], show: (@Sendable (OperatorMessage) -> Void)?)>(([], nil))

    init(log: EventLog, overrides: OverrideService, clock: WallClock) {
        self.log = log
        self.overrides = overrides
        self.clock = clock
    }

    @Sendable func take(_ news: Journal.News) {
        let words = CleanText.clean(news.words)
        log.record(DeskEvent(at: clock.now(), words: words))
        overrides.noteStatus()
        let show = state.withLock { state in
            if state.show == nil { state.waiting.append(news) }
            return state.show
        }
        show?(OperatorMessage(words, isAlert: news.isAlert))
    }

    /// Shows what came already, and from now on what comes.
    func show(with show: @escaping @Sendable (OperatorMessage) -> Void) {
        let waiting = state.withLock { state in
            defer { state = ([], show) }
            return state.waiting
        }
        for news in waiting { show(OperatorMessage(CleanText.clean(news.words), isAlert: news.isAlert)) }
    }
}
