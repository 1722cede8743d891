// SPDX-License-Identifier: Apache-2.0

/// Reads a time of day as operators type it.
package enum TimeOfDay {
    /// The seconds since midnight of `17:30`, `9:05` or `1730`; `nil` for what is no time, and 0 for `24:00`.
    package static func seconds(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let (hours, minutes): (Substring, Substring)
        switch parts.count {
        case 2: (hours, minutes) = (parts[0], parts[1])
        case 1 where (3...4).contains(text.count): (hours, minutes) = (text.dropLast(2), text.suffix(2))
        default: return nil
        }
        guard (1...2).contains(hours.count), minutes.count == 2,
            (hours + minutes).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let hour = Int(hours), let minute = Int(minutes), minute < 60, hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        return (hour % 24) * 3600 + minute * 60
    }
}
