// SPDX-License-Identifier: Apache-2.0

import StateFiles
import CallAnswering
import Foundation
import Overrides

/// What the desk remembers of the time before the start, and where it keeps what comes.
struct LoadedState: Sendable {
    let store: any OverrideStore
    let state: OverrideState
    /// What the operator must know of it, a sentence each.
    let warnings: [String]

    /// A desk that begins empty and forgets everything at the end.
    static let none = LoadedState(store: InMemoryOverrideStore(), state: OverrideState(), warnings: [])

    /// Opens the folder of a desk.
    static func kept(in folder: String) throws -> LoadedState {
        do throws(StateFilesError) {
            let opening = try StateFiles.open(folder, at: WallClock.system.now())
            return LoadedState(store: opening.files, state: opening.state, warnings: opening.warnings)
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }
}
