// SPDX-License-Identifier: Apache-2.0

package import Dispatch
import Glibc
import Synchronization

/// Reports when files change in any way: written, replaced by a rename, made readable, or reached by a link that was
/// turned (inotify(7)).
///
/// It watches the files, since one may have other names elsewhere, the folders that they are in, since an editor that
/// replaces a file abandons the old one, and the folders of all links that lead to them. Changes in quick succession are
/// reported once, a moment after the last. It sleeps until the kernel has an event; where the kernel has none to offer, it
/// looks every few seconds.
package final class FileWatcher: Sendable {
    private struct State {
        var stamps: [WatchedFile: FileStamp] = [:]
        /// What was seen last while a file was perhaps still being written.
        var seen: [WatchedFile: FileStamp]?
        var watches: Set<Int32> = []
        var kernel: KernelWatch?
        /// What is watched, and a folder in it whose file system does not report all changes.
        var plan: WatchPlan?
        var network: String?
        var pollReason: PollReason?
        var timer: (any DispatchSourceTimer)?
        /// How many reads have brought events that may mean a file is complete.
        var events: UInt64 = 0
        /// When the first such event came that has not been checked yet.
        var waitingSince: DispatchTime?
    }

    /// How long it must be quiet before changes are reported, in milliseconds: longer than an editor pauses while saving.
    private static let quiet = 100
    /// The longest wait for quiet, in milliseconds.
    private static let longest = 1000
    /// How long a file that was only created must stay the same before it counts as complete, in milliseconds.
    private static let settling = 500

    private let queue = DispatchQueue(label: "switchboard.files")
    private let pollEvery: DispatchTimeInterval
    private let openKernel: @Sendable () -> Int32
    private let state = Mutex(State())
    private let changed: @Sendable () -> Void

    /// Creates a watcher without files.
    ///
    /// `changed` is called on a queue of its own; `openKernel` makes an inotify instance or returns -1.
    package init(
        pollEvery: DispatchTimeInterval = .seconds(2),
        openKernel: @escaping @Sendable () -> Int32 = { inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) },
        _ changed: @escaping @Sendable () -> Void
    ) {
        self.pollEvery = pollEvery
        self.openKernel = openKernel
        self.changed = changed
    }

    deinit {
        state.withLock { $0.timer?.cancel() }
    }

    /// Watches these files from now on, and no others; they need not exist yet.
    ///
    /// A file that was watched before keeps its last known state, so a change during a read is reported.
    ///
    /// - Returns: Why the files are looked at every few seconds; `nil` if the kernel reports their changes.
    @discardableResult
    package func watch(_ files: Set<WatchedFile>) -> PollReason? {
        state.withLock { state in
            let known = state.stamps
            state.stamps = Dictionary(uniqueKeysWithValues: files.map { ($0, known[$0] ?? FileStamp($0)) })
            self.follow(&state)
            return state.pollReason
        }
    }

    /// Has the kernel watch all that decides where the files are now, or begins to look every few seconds.
    private func follow(_ state: inout State) {
        state.pollReason = watchKernel(&state)
        if state.pollReason == nil {
            state.timer?.cancel()
            state.timer = nil
        } else if state.timer == nil {
            let timer = DispatchSource.makeTimerSource(queue: queue)
            timer.schedule(deadline: .now() + pollEvery, repeating: pollEvery)
            timer.setEventHandler { [weak self] in self?.confirm() }
            timer.resume()
            state.timer = timer
        }
    }

    private func watchKernel(_ state: inout State) -> PollReason? {
        if state.kernel == nil {
            let descriptor = openKernel()
            guard descriptor >= 0 else { return .noInstance }
            state.kernel = KernelWatch(descriptor, on: queue) { [weak self] in self?.takeEvents() }
        }
        guard let kernel = state.kernel else { return .noInstance }
        var reason: PollReason?
        var plan = WatchPlan(Set(state.stamps.keys))
        // A link may be turned between the look at it and the watch of its folder.
        for _ in 0..<3 {
            let (watches, problem) = kernel.watch(plan)
            for old in state.watches.subtracting(watches) { kernel.forget(old) }
            state.watches = watches
            reason = problem
            let now = WatchPlan(Set(state.stamps.keys))
            guard now != plan else { break }
            plan = now
        }
        if plan != state.plan {
            state.plan = plan
            state.network = plan.networkFolder
        }
        return reason ?? state.network.map(PollReason.network)
    }
}

extension FileWatcher {
    /// Why changes are not reported by the kernel.
    package enum PollReason: Hashable, Sendable, CustomStringConvertible {
        /// The kernel has no inotify instance left.
        case noInstance
        /// The kernel has no inotify watch left.
        case noWatch
        /// A folder cannot be watched; the system's message.
        case folder(String, String)
        /// A folder is on a file system that does not report what other machines do.
        case network(String)

        package var description: String {
            switch self {
            case .noInstance: "no inotify instance is available (fs.inotify.max_user_instances)"
            case .noWatch: "no inotify watch is available (fs.inotify.max_user_watches)"
            case .folder(let path, let words): "\(path) cannot be watched (\(words))"
            case .network(let path): "the file system of \(path) does not report changes from other machines"
            }
        }
    }
}

extension FileWatcher {
    /// Reads the events of the kernel, and checks the files a moment later.
    private func takeEvents() {
        let news = state.withLock { state -> (isComplete: Bool, count: UInt64)? in
            guard let isComplete = state.kernel?.read() else { return nil }
            guard isComplete else { return (false, state.events) }
            state.events += 1
            state.waitingSince = state.waitingSince ?? .now()
            return (true, state.events)
        }
        guard let news else { return }
        if news.isComplete {
            lookSoon(after: news.count)
        } else {
            confirmSoon()
        }
    }

    /// Checks the files, unless there was another event since, which has its own check.
    ///
    /// A file that was written within the time of quiet is perhaps not complete: an event only says that an earlier write was.
    private func look(after count: UInt64) {
        enum Finding { case same, settled, moving }
        let finding = state.withLock { state -> Finding in
            guard let since = state.waitingSince else { return .same }
            let isLast = since + .milliseconds(Self.longest) <= .now()
            guard count == state.events || isLast else { return .same }
            let stamps = self.freshStamps(&state)
            let isFresh = stamps.contains { file, stamp in
                stamp != state.stamps[file] && stamp.isYounger(than: Self.quiet)
            }
            if isFresh, !isLast { return .moving }
            state.waitingSince = nil
            defer { state.stamps = stamps }
            return stamps == state.stamps ? .same : .settled
        }
        switch finding {
        case .same: break
        case .settled: changed()
        case .moving: lookSoon(after: count)
        }
    }

    private func lookSoon(after count: UInt64) {
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.quiet)) { [weak self] in self?.look(after: count) }
    }

    private func confirmSoon() {
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.settling)) { [weak self] in self?.confirm() }
    }

    /// Reports a change once two looks have found the same: nobody says when a new file is complete.
    private func confirm() {
        enum Finding { case same, settled, moving }
        let finding = state.withLock { state -> Finding in
            let stamps = self.freshStamps(&state)
            let seen = state.seen
            state.seen = nil
            if stamps == state.stamps { return .same }
            guard stamps == seen else {
                state.seen = stamps
                return .moving
            }
            state.stamps = stamps
            return .settled
        }
        switch finding {
        case .same: break
        case .settled: changed()
        case .moving: confirmSoon()
        }
    }

    /// The stamps as of now; a folder may have been replaced, or a link may have a new target, and is watched first.
    private func freshStamps(_ state: inout State) -> [WatchedFile: FileStamp] {
        follow(&state)
        return Dictionary(uniqueKeysWithValues: state.stamps.keys.map { ($0, FileStamp($0)) })
    }
}
