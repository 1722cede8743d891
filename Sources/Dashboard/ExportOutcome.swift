// SPDX-License-Identifier: Apache-2.0

/// What became of an export.
package enum ExportOutcome: Hashable, Sendable {
    case written(path: String, calls: Int)
    /// The file is there already and was left as it is.
    case exists(path: String)
    /// Nothing was written; the words say why.
    case failed(String)
}
