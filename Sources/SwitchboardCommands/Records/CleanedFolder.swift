// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import StateFiles

/// What forgetting a number did in a state folder without a server.
struct CleanedFolder {
    let forgotten: ForgottenNumber
    /// The files that had the number.
    let files: [String]
    /// The override on the number that was in force.
    let ended: CallerOverride?
    /// Set where the folder was left alone, since a server uses it.
    let inUse: StateFilesError?

    /// Removes a number from a folder.
    ///
    /// A folder that a server uses is an error, unless it only has to say under which name the number is known from now on.
    static func removing(
        _ number: PhoneNumber, from folder: String, mayBeInUse: Bool, at now: Instant
    ) throws(StateFilesError) -> CleanedFolder {
        do throws(StateFilesError) {
            let forgotten = ForgottenNumber(number, key: try StateFiles.forgettingKey(in: folder))
            let ended = try StateFiles.override(on: number, at: now, in: folder)
            return CleanedFolder(
                forgotten: forgotten, files: try StateFiles.forget(forgotten, in: folder), ended: ended, inUse: nil)
        } catch {
            guard mayBeInUse, case .inUse = error else { throw error }
            let key = try StateFiles.forgettingKey(ofServerIn: folder)
            return CleanedFolder(forgotten: ForgottenNumber(number, key: key), files: [], ended: nil, inUse: error)
        }
    }
}
