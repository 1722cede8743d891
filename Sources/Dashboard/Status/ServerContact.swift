// SPDX-License-Identifier: Apache-2.0

package import Calls
import Overrides
import Screen

/// A change of whether an attached dashboard hears from its server.
package enum ServerContact: Hashable, Sendable {
    /// Nothing has been heard since then.
    case lost(since: Instant)
    /// The server is heard again; perhaps another run of it.
    case regained(isOtherRun: Bool)
}

extension DashboardState {
    /// Takes a change of contact.
    ///
    /// An open dialog stays, so that nothing that is being typed becomes a command; it cannot be confirmed meanwhile.
    mutating func take(_ contact: ServerContact) {
        switch contact {
        case .lost(let since): noContactSince = since
        case .regained(let isOtherRun):
            guard let since = noContactSince else { return }
            noContactSince = nil
            let seconds = max(1, now.microseconds(since: since) / 1_000_000)
            let restart = isOtherRun ? "; the server was restarted" : ""
            say("in contact with the server again after \(DurationText.words(seconds: seconds))\(restart)")
        }
    }

    /// Why nothing can be asked of the server now; `nil` if it can.
    var obstacle: String? {
        noContactSince.map { "\(noContact($0)): nothing can be changed from here" }
    }

    /// `NO CONTACT since 23:07:31`, with the date unless it is today.
    func noContact(_ since: Instant) -> String {
        let then = clock.local(since)
        let date = then.date == clock.local(wallClock).date ? "" : "\(then.date) "
        return "NO CONTACT since \(date)\(then.clockWithSeconds)"
    }

    /// The dashboard as of the last contact, so that no countdown and no age runs on; as it is while there is contact.
    var asLastHeard: DashboardState {
        guard let noContactSince else { return self }
        var state = self
        state.now = min(now, noContactSince)
        return state
    }

    /// The bar under `NO CONTACT`.
    var contactBar: BarText? {
        guard noContactSince != nil else { return nil }
        if let others = status?.shared?.othersAnswering {
            return BarText(
                head: "not reachable from here; \(others)", shortHead: "not reachable; other replicas answered",
                role: .alertBar)
        }
        return BarText(
            head: "not reachable from here; if the server is down, callers reach the platform's default assistant",
            shortHead: "if down, callers reach the default assistant",
            role: .alertBar)
    }
}

extension Dialog.Purpose {
    /// Whether confirming it asks the server for something.
    var needsServer: Bool {
        switch self {
        case .override, .undo, .explain, .testCall: true
        case .export, .overwrite, .quit, .suspend: false
        }
    }
}
