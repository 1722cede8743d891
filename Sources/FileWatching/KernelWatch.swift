// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc

/// What the kernel has to watch so that no change of some files is missed, by path.
struct WatchPlan: Equatable {
    private(set) var masks: [String: UInt32] = [:]

    /// Something in a folder appeared, went or was renamed.
    private static let names = UInt32(
        IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF)
    /// A file, or one in a folder, was written or has other permissions.
    private static let contents = UInt32(IN_CLOSE_WRITE | IN_ATTRIB)
    /// The folder or file itself went elsewhere.
    private static let itself = UInt32(IN_DELETE_SELF | IN_MOVE_SELF)

    init(_ files: Set<WatchedFile>) {
        for watched in files {
            let trace = PathTrace(watched.path)
            let isContent = watched.change == .content
            for folder in trace.holders { masks[folder, default: 0] |= Self.names | (isContent ? Self.contents : 0) }
            for folder in trace.passed { masks[folder, default: 0] |= Self.itself }
            guard let file = trace.file else { continue }
            switch watched.change {
            case .content: masks[file, default: 0] |= Self.contents | Self.itself
            case .entries: masks[file, default: 0] |= Self.names
            case .replacement: break
            }
        }
    }

    /// A folder of a file system that does not report what other machines do; `nil` if there is none.
    var networkFolder: String? {
        let networks = MountTable.devices { type in Self.networks.contains { type.hasPrefix($0) } }
        guard !networks.isEmpty else { return nil }
        return masks.keys.sorted().first { path in
            var status = stat()
            return stat(path, &status) == 0 && networks.contains(MountTable.name(of: status.st_dev))
        }
    }

    /// File systems of other machines, and of the host of a virtual machine.
    private static let networks = [
        "nfs", "cifs", "smb", "fuse", "9p", "ceph", "virtiofs", "afs", "vboxsf", "glusterfs",
    ]

    /// Whether a path is only one of the folders on the way, which often cannot be read.
    func isOnTheWay(_ path: String) -> Bool { masks[path] == Self.itself }
}

/// The mounted file systems (proc(5), `/proc/self/mountinfo`).
private enum MountTable {
    /// The devices of the file systems whose type is wanted, as the table names them.
    static func devices(_ isWanted: (Substring) -> Bool) -> Set<String> {
        let lines = text.split(separator: "\n").compactMap { line -> String? in
            // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count, fields.count > 2,
                isWanted(fields[dash + 1])
            else { return nil }
            return String(fields[2])
        }
        return Set(lines)
    }

    static func name(of device: dev_t) -> String {
        let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
        let minor = device & 0xFF | (device >> 12) & ~0xFF
        return "\(major):\(minor & 0xFFFF_FFFF)"
    }

    private static var text: String {
        let number = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return "" }
        defer { close(number) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        while case let count = read(number, &piece, piece.count), count > 0 { bytes += piece[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// An inotify instance that reports to a queue.
final class KernelWatch {
    private let descriptor: Int32
    private let source: any DispatchSourceRead

    /// Takes the instance over; `handle` is called on the queue when there are events to read.
    init(_ descriptor: Int32, on queue: DispatchQueue, _ handle: @escaping @Sendable () -> Void) {
        self.descriptor = descriptor
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setCancelHandler { close(descriptor) }
        source.setEventHandler(handler: handle)
        source.resume()
    }

    deinit {
        source.cancel()
    }

    /// Watches all of a plan; returns the watches, and why one that is needed is missing.
    func watch(_ plan: WatchPlan) -> (watches: Set<Int32>, problem: FileWatcher.PollReason?) {
        var watches: Set<Int32> = []
        var problem: FileWatcher.PollReason?
        for (path, mask) in plan.masks {
            let watch = inotify_add_watch(descriptor, path, mask)
            guard watch < 0 else {
                watches.insert(watch)
                continue
            }
            switch errno {
            case ENOENT, ENOTDIR: break
            case ENOSPC: problem = .noWatch
            // A file that may not be read is reported by its folder once it may.
            case EACCES where plan.isOnTheWay(path) || Self.isFile(path): break
            case let number: problem = problem ?? .folder(path, String(cString: strerror(number)))
            }
        }
        return (watches, problem)
    }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }

    func forget(_ watch: Int32) {
        inotify_rm_watch(descriptor, watch)
    }

    /// Reads all events: whether one of them may mean that a file is complete; `nil` if there was none.
    func read() -> Bool? {
        var isComplete: Bool?
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while case let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count), count > 0 {
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                isComplete = (isComplete ?? false) || Self.mayBeComplete(bytes)
            }
        }
        return isComplete
    }

    /// Whether any event may mean that a file is complete; one that was only created may still be written.
    private static func mayBeComplete(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        let size = MemoryLayout<inotify_event>.size
        while place + size <= bytes.count {
            let event = bytes.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
            if event.mask & UInt32(IN_CREATE | IN_ATTRIB | IN_IGNORED) == 0 { return true }
            place += size + Int(event.len)
        }
        return false
    }
}
