// SPDX-License-Identifier: Apache-2.0

/// A sorted table of scalar ranges.
///
/// The tables are pinned here, from Unicode 14, rather than asked of the C library: a screen then looks the same on
/// every machine, and so does its golden file.
struct WidthTable: Sendable {
    let ranges: [(first: UInt32, last: UInt32)]

    func contains(_ scalar: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].last < scalar { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].first <= scalar
    }
}
