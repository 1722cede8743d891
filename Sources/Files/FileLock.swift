// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A descriptor that is closed when nobody needs it any more.
package final class Descriptor: Sendable {
    package let number: Int32

    package init(_ number: Int32) {
        self.number = number
    }

    deinit {
        _ = Glibc.close(number)
    }
}

/// An exclusive lock on a file or folder; the system releases it when the process ends, however it ends.
package final class FileLock: Sendable {
    private let descriptor: Descriptor

    /// Why there is no lock.
    package enum Failure: Error, Hashable, Sendable {
        /// Another process holds it.
        case held
        /// The file system has no locks, or failed; with the system's error number.
        case unsupported(Int32)
    }

    /// Locks without waiting; the lock is released with the last reference to it.
    package init(_ descriptor: Descriptor) throws(Failure) {
        guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? .held : .unsupported(errno)
        }
        self.descriptor = descriptor
    }

    deinit {
        // The descriptor may be in use elsewhere.
        _ = flock(descriptor.number, LOCK_UN)
    }
}
