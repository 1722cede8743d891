// SPDX-License-Identifier: Apache-2.0

import ControlServer
import ControlSocket
import Dashboard
import ServiceLifecycle
import StateFiles

/// Makes the control socket again when its file is removed, as a logout does with the runtime folder.
///
/// Without it, closed lines could not be opened until a restart.
struct ControlSocketKeeper: Service {
    let control: ControlServer
    /// Where the socket may be, the preferred place first.
    let places: ControlPlaces
    /// Where other programs read the path; `nil` if nowhere.
    let note: StateNote?
    let show: @Sendable (OperatorMessage) -> Void

    func run() async {
        let keeper = PlaceKeeper(paths: Set(places.paths), isInPlace: { [control] in control.isInPlace }, show: show)
        await cancelWhenGracefulShutdown {
            await keeper.run { isMissing in await restore(isMissing: &isMissing) }
        }
    }

    /// Listens at the first place that can be used; returns what the operator should know, if that is new.
    private func restore(isMissing: inout Bool) async -> OperatorMessage? {
        let former = control.path
        var reasons: [String] = []
        for place in [former] + places.paths where !Task.isCancelled {
            do throws(ControlServerError) {
                try await control.listenAgain(at: place, isFolderOurs: places.isFolderOurs(place))
                note?.write(socket: place)
                isMissing = false
                let words = place == former ? "it was made again" : "it is at \(place) now (\(reasons[0]))"
                return OperatorMessage("The control socket \(former) was removed; \(words)")
            } catch {
                reasons.append(error.description)
            }
        }
        guard !isMissing, let reason = reasons.first else { return nil }
        isMissing = true
        return OperatorMessage(
            "The control socket \(former) was removed, so commands cannot reach this server", details: [reason],
            isAlert: true)
    }
}
