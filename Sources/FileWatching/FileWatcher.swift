// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Synchronization

/// Tells when files change, whatever the way: written, replaced by a rename, or by a link that turns (inotify(7)).
///
/// It watches the folders of the files, since an editor that replaces a file leaves the old one behind. Many changes
/// that come together are told once, a moment after the last. It sleeps until the kernel tells it something.
package final class FileWatcher: Sendable {
    private struct State {
        var stamps: [WatchedFile: FileStamp] = [:]
        /// The folders by the kernel's number.
        var folders: [Int32: String] = [:]
        var isWaiting = false
    }

    /// How long it stays quiet before changes are told, in milliseconds: longer than an editor takes to save.
    private static let quiet = 100

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "switchboard.files")
    private let source: Mutex<any DispatchSourceRead>
    private let state = Mutex(State())
    private let changed: @Sendable () -> Void

    /// Creates a watcher of no files, or returns `nil` where the kernel has no watch left; `changed` is called on a queue of its own.
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

    /// Watches these files from now on, and no others; they need not be there yet.
    ///
    /// A file that was watched before counts as it was when it was last looked at: what changed while somebody read it is
    /// told.
    package func watch(_ files: Set<WatchedFile>) {
        state.withLock { state in
            let known = state.stamps
            state.stamps = Dictionary(uniqueKeysWithValues: files.map { ($0, known[$0] ?? FileStamp($0)) })
            self.watchFolders(&state)
        }
    }

    /// Asks the kernel for the folders of the files, and of the files that links among them stand for.
    private func watchFolders(_ state: inout State) {
        let events =
            IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF
        let folders = Set(state.stamps.keys.flatMap { Self.places(of: $0.path) }.map(Self.folder))
        for (number, folder) in state.folders where !folders.contains(folder) {
            inotify_rm_watch(descriptor, number)
            state.folders[number] = nil
        }
        for folder in folders {
            let number = inotify_add_watch(descriptor, folder, UInt32(events))
            if number >= 0 { state.folders[number] = folder }
        }
    }

    /// A path, and where it leads when it is a link.
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
    /// Reads what the kernel tells, and looks at the files a moment later.
    private func takeEvents() {
        var isWritten = false
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while case let count = read(descriptor, buffer.baseAddress, buffer.count), count > 0 {
                isWritten = isWritten || Self.isTold(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
        guard isWritten else { return }
        let isFirst = state.withLock { state in
            defer { state.isWaiting = true }
            return !state.isWaiting
        }
        if isFirst { queue.asyncAfter(deadline: .now() + .milliseconds(Self.quiet)) { [weak self] in self?.look() } }
    }

    /// Whether any event may mean that a file is complete now; one that was only created is still being written.
    private static func isTold(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        let size = MemoryLayout<inotify_event>.size
        while place + size <= bytes.count {
            let event = bytes.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
            if event.mask & UInt32(IN_CREATE) == 0 { return true }
            place += size + Int(event.len)
        }
        return false
    }

    private func look() {
        let isChanged = state.withLock { state in
            state.isWaiting = false
            let stamps = Dictionary(uniqueKeysWithValues: state.stamps.keys.map { ($0, FileStamp($0)) })
            defer { state.stamps = stamps }
            // A folder may have been replaced, or a link may lead elsewhere now.
            self.watchFolders(&state)
            return stamps != state.stamps
        }
        if isChanged { changed() }
    }
}
