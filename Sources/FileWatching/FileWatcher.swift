// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Synchronization

/// Reports when files change in any way: written, replaced by a rename, or through a changed link (inotify(7)).
///
/// It watches the folders of the files, since an editor that replaces a file abandons the old one. Changes in quick
/// succession are reported once, a moment after the last. It sleeps until the kernel has an event.
package final class FileWatcher: Sendable {
    private struct State {
        var stamps: [WatchedFile: FileStamp] = [:]
        /// The folders by the kernel's number.
        var folders: [Int32: String] = [:]
        /// How many reads have brought events.
        var events: UInt64 = 0
        /// When the first event came that has not been checked yet.
        var waitingSince: DispatchTime?
    }

    /// How long it must be quiet before changes are reported, in milliseconds: longer than an editor pauses while saving.
    private static let quiet = 100
    /// The longest wait for quiet, in milliseconds.
    private static let longest = 1000

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "switchboard.files")
    private let source: Mutex<any DispatchSourceRead>
    private let state = Mutex(State())
    private let changed: @Sendable () -> Void

    /// Creates a watcher without files, or returns `nil` if the kernel has no inotify instance left.
    ///
    /// `changed` is called on a queue of its own.
    package init?(_ changed: @escaping @Sendable () -> Void) {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        self.changed = changed
        source = Mutex(DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue))
        source.withLock { source in
            source.setCancelHandler { close(descriptor) }
            source.setEventHandler { [weak self] in self?.takeEvents() }
            source.resume()
        }
    }

    deinit {
        source.withLock { $0.cancel() }
    }

    /// Watches these files from now on, and no others; they need not exist yet.
    ///
    /// A file that was watched before keeps its last known state, so a change during a read is reported.
    ///
    /// - Returns: `false` if the kernel has no watch left for one of them.
    package func watch(_ files: Set<WatchedFile>) -> Bool {
        state.withLock { state in
            let known = state.stamps
            state.stamps = Dictionary(uniqueKeysWithValues: files.map { ($0, known[$0] ?? FileStamp($0)) })
            return self.watchFolders(&state)
        }
    }

    /// Has the kernel watch the folders of the files and of the targets of links among them.
    ///
    /// A missing folder is not an error here: reading a file in it fails, and that is reported.
    @discardableResult
    private func watchFolders(_ state: inout State) -> Bool {
        var isWatching = true
        let events =
            IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF
        let folders = Set(state.stamps.keys.flatMap { Self.places(of: $0.path) }.map(Self.folder))
        for (number, folder) in state.folders where !folders.contains(folder) {
            inotify_rm_watch(descriptor, number)
            state.folders[number] = nil
        }
        for folder in folders {
            let number = inotify_add_watch(descriptor, folder, UInt32(events))
            if number >= 0 { state.folders[number] = folder } else if errno == ENOSPC { isWatching = false }
        }
        return isWatching
    }

    /// A path, and its target if it is a link.
    private static func places(of path: String) -> [String] {
        guard let real = realpath(path, nil) else { return [path] }
        defer { free(real) }
        return [path, String(cString: real)]
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension FileWatcher {
    /// Reads the events of the kernel, and checks the files a moment later.
    private func takeEvents() {
        var isWritten = false
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while case let count = read(descriptor, buffer.baseAddress, buffer.count), count > 0 {
                isWritten = isWritten || Self.mayBeComplete(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
        guard isWritten else { return }
        let count = state.withLock { state in
            state.events += 1
            state.waitingSince = state.waitingSince ?? .now()
            return state.events
        }
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.quiet)) { [weak self] in self?.look(after: count) }
    }

    /// Whether any event may mean that a file is complete; one that was only created is still being written.
    private static func mayBeComplete(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        let size = MemoryLayout<inotify_event>.size
        while place + size <= bytes.count {
            let event = bytes.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
            if event.mask & UInt32(IN_CREATE) == 0 { return true }
            place += size + Int(event.len)
        }
        return false
    }

    /// Checks the files, unless there was another event since, which has its own check.
    private func look(after count: UInt64) {
        let isChanged = state.withLock { state in
            guard let since = state.waitingSince,
                count == state.events || since + .milliseconds(Self.longest) <= .now()
            else { return false }
            state.waitingSince = nil
            let stamps = Dictionary(uniqueKeysWithValues: state.stamps.keys.map { ($0, FileStamp($0)) })
            defer { state.stamps = stamps }
            // A folder may have been replaced, or a link may have a new target.
            self.watchFolders(&state)
            return stamps != state.stamps
        }
        if isChanged { changed() }
    }
}
