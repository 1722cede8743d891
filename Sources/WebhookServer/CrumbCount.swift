// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Counts reads that bring next to nothing of a request, and says how long to wait before the next one.
///
/// Every read costs a turn of the event loop, however little it brings, and a crowd of clients that send byte by byte would
/// take these turns from others. During a pause their bytes pile up in the system's buffer and come in one read.
package struct CrumbCount {
    /// A read of fewer bytes is a crumb; heads and bodies of honest clients come in larger pieces.
    private static let size = 128
    /// How many crumbs a connection may send without a pause.
    private static let free = 8
    private static let shortest: Int64 = 10
    /// In milliseconds; far below the time in which a request has to be complete.
    private static let longest: Int64 = 160

    private var count = 0

    package init() {}

    /// Notes a read; `isComplete` if no request is left half read.
    package mutating func pause(afterReading bytes: Int, isComplete: Bool) -> TimeAmount? {
        guard bytes < Self.size, !isComplete else { return nil }
        count += 1
        guard count > Self.free else { return nil }
        return .milliseconds(min(Self.shortest << Int64(min(count - Self.free - 1, 10)), Self.longest))
    }
}
