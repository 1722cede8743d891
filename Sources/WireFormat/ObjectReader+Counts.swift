// SPDX-License-Identifier: Apache-2.0

extension ObjectReader {
    /// Far more than any desk gets to, and far from where counting on would overflow.
    private static let most = 1 << 53

    /// A whole number that something is counted with; what would make counting on overflow is refused.
    package func count(_ key: String, from least: Int) throws(DocumentProblem) -> Int {
        let number = try integer(key)
        guard number >= least else { throw problem(key, "must be \(least) or more") }
        guard number <= Self.most else { throw problem(key, "is larger than anything is counted to") }
        return number
    }
}
