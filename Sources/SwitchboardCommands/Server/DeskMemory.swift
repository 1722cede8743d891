// SPDX-License-Identifier: Apache-2.0

import DeskFiles
import Exchange
import Foundation
import OperatorDesk

/// What the desk remembers of the time before the start, and where it keeps what comes.
struct DeskMemory: Sendable {
    let store: any DeskStore
    let state: DeskState
    /// What the operator must know of it, a sentence each.
    let warnings: [String]

    /// A desk that begins empty and forgets everything at the end.
    static let none = DeskMemory(store: ForgetfulStore(), state: DeskState(), warnings: [])

    /// Opens the folder of a desk.
    static func kept(in folder: String) throws -> DeskMemory {
        do throws(DeskFilesError) {
            let opening = try DeskFiles.open(folder, at: WallClock.system.now())
            return DeskMemory(store: opening.files, state: opening.state, warnings: opening.warnings)
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }
}
