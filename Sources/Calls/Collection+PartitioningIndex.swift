// SPDX-License-Identifier: Apache-2.0

extension RandomAccessCollection {
    /// Returns the first index whose element passes the test, or `endIndex`, by binary search.
    ///
    /// Elements that fail must all lie before those that pass.
    @inlinable
    package func partitioningIndex(where passes: (Element) -> Bool) -> Index {
        var (low, count) = (startIndex, count)
        while count > 0 {
            let middle = index(low, offsetBy: count / 2)
            if passes(self[middle]) {
                count /= 2
            } else {
                low = index(after: middle)
                count -= count / 2 + 1
            }
        }
        return low
    }
}
