// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// Finds out how long a request waited in the system's buffer while the process did not run, as after SIGSTOP or on an
/// overloaded machine; by our own clock it would look answered at once.
///
/// The system is asked only after a pause in which this event loop read nothing, and for as long afterwards: requests that
/// wait are all from that time. They are read in the order of their arrival, so once none of many has waited, no other has.
/// Under load there is no such pause, and in a quiet hour the question costs a microsecond.
final class StallWatch {
    /// The shortest pause that counts, in nanoseconds.
    private static let shortest: UInt64 = 1_000_000_000
    /// The longest time for which it is asked after a pause, in nanoseconds.
    private static let longest: UInt64 = 60_000_000_000
    /// The shortest wait that counts, in milliseconds; the system counts in steps of up to 10.
    private static let leastWait: UInt32 = 100

    private var lastRead = NIODeadline.now().uptimeNanoseconds
    private var until: UInt64 = 0
    /// How many requests in a row had not waited.
    private var prompt = 0
    private static let mostPrompt = 64

    /// How many nanoseconds the bytes that are read now have waited, as far as the system knows.
    func waited(at now: UInt64, _ context: ChannelHandlerContext) -> UInt64 {
        if now > lastRead, now - lastRead >= Self.shortest {
            until = now + min(now - lastRead, Self.longest)
            prompt = 0
        }
        lastRead = now
        guard now < until else { return 0 }
        let wait = Self.waited(context)
        prompt = wait > 0 ? 0 : prompt + 1
        if prompt == Self.mostPrompt { until = 0 }
        return wait
    }

    private static func waited(_ context: ChannelHandlerContext) -> UInt64 {
        do {
            return try context.channel.pipeline.syncOperations.withUnsafeTransportIfAvailable { (socket: CInt) in
                var info = tcp_info()
                var size = socklen_t(MemoryLayout<tcp_info>.size)
                guard getsockopt(socket, CInt(IPPROTO_TCP), TCP_INFO, &info, &size) == 0 else { return 0 }
                let wait = info.tcpi_last_data_recv
                return wait < leastWait ? 0 : UInt64(wait) * 1_000_000
            } ?? 0
        } catch {
            // It is closed already.
            return 0
        }
    }
}
