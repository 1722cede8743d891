// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Overrides
import ServiceLifecycle
import StateFiles

/// Makes the state folder again when somebody removes it.
///
/// Without it, a restart would open lines that an operator closed.
struct StateFolderKeeper: Service {
    let files: StateFiles
    let show: @Sendable (OperatorMessage) -> Void

    func run() async {
        let keeper = PlaceKeeper(paths: [files.path], isInPlace: { [files] in files.isInPlace }, show: show)
        await cancelWhenGracefulShutdown {
            await keeper.run { isMissing in restore(isMissing: &isMissing) }
        }
    }

    /// Makes the folder; returns what the operator should know, if that is new.
    private func restore(isMissing: inout Bool) -> OperatorMessage? {
        do throws(OverrideStoreError) {
            guard try files.restoreFolder() else { return nil }
            isMissing = false
            return OperatorMessage(
                "The state folder \(files.path) was removed; it was made again",
                details: ["The overrides in force are in it, the lines of its audit so far are not."], isAlert: true)
        } catch {
            guard !isMissing else { return nil }
            isMissing = true
            return OperatorMessage(
                "The state folder was removed, so a restart forgets the overrides", details: ["\(error)"],
                isAlert: true)
        }
    }
}
