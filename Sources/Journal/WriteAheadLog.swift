// SPDX-License-Identifier: Apache-2.0

import Files
import Glibc

/// The write-ahead log of a journal as one transaction left it, for the next to see whether anything was taken from it.
///
/// SQLite goes on writing into a log that was removed or cut, without an error, and the calls in it are lost.
struct WriteAheadLog {
    private let identity: FileIdentity
    /// What SQLite changes in the header whenever it restarts the log (https://sqlite.org/walformat.html, section 2);
    /// empty in an empty log.
    private let salts: [UInt8]
    /// How many bytes come before the first part that nobody wrote: where the log was cut, and SQLite went on where its end
    /// had been.
    private let written: Int

    private static let saltOffset: off_t = 16
    private static let saltLength = 8
    /// `SEEK_HOLE` of lseek(2), which glibc shows to GNU programs only.
    private static let seekHole: CInt = 4

    /// `nil` where there is no log.
    init?(_ path: String) {
        guard let identity = FileIdentity(path) else { return nil }
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { return nil }
        let file = Descriptor(number)
        var status = stat()
        guard fstat(file.number, &status) == 0 else { return nil }
        self.identity = identity
        salts = Array(unsafeUninitializedCapacity: Self.saltLength) { buffer, count in
            count = max(0, pread(file.number, buffer.baseAddress, Self.saltLength, Self.saltOffset))
        }
        let hole = lseek(file.number, 0, Self.seekHole)
        // File systems that know no holes name the end, or fail.
        written = Int(hole >= 0 ? hole : status.st_size)
    }

    /// Whether a later state is this one, written further or restarted.
    ///
    /// Another program that brings the log into the file empties it; a log that is not empty has a header.
    func isContinued(by later: WriteAheadLog) -> Bool {
        guard identity == later.identity, later.salts.isEmpty || later.written > 0 else { return false }
        return salts != later.salts || written <= later.written
    }
}
