// SPDX-License-Identifier: Apache-2.0

package import ControlServer
package import EventLog
package import CallAnswering

/// What the control socket serves: the desk, the calls and the counts, for commands, dashboards and scripts.
///
/// Nothing here is on the answering path; it reads the log like every other follower.
package final class ControlAPI: Sendable {
    let desk: OverrideService
    let log: EventLog
    let clock: WallClock
    let house: ControlDependencies
    let pulse = ChangeSignal()
    /// Changes with every start of the server, so that a follower knows when its cursor means nothing any more.
    let instance: String

    package init(desk: OverrideService, log: EventLog, clock: WallClock, house: ControlDependencies, instance: String) {
        self.desk = desk
        self.log = log
        self.clock = clock
        self.house = house
        self.instance = instance
        log.watch { [pulse] in pulse.signal() }
    }

    /// Everything that is served (docs/openapi.yaml).
    package var routes: [ControlRoute] {
        [
            ControlRoute("GET", "/healthz") { _ in .json(Array(#"{"status":"ok"}"#.utf8)) },
            ControlRoute("GET", "/metrics") { _ in self.metrics() },
            ControlRoute("GET", "/v1/status") { _ in self.status() },
            ControlRoute("GET", "/v1/calls") { request in self.calls(request) },
            ControlRoute("GET", "/v1/calls/{id}") { request in self.call(request) },
            ControlRoute("GET", "/v1/events") { request in self.events(request) },
            ControlRoute("GET", "/v1/overrides") { _ in self.overrides() },
            ControlRoute("POST", "/v1/overrides") { request in await self.order(request) },
            ControlRoute("DELETE", "/v1/overrides/{id}") { request in await self.end(request) },
            ControlRoute("POST", "/v1/explain") { request in await self.explain(request) },
            ControlRoute("POST", "/v1/reload") { _ in await self.reload() },
        ]
    }
}
