// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import StateFiles
import TestSupport
import Testing

@testable import SwitchboardCommands

struct ControlSearchTests {
    /// A machine on which sockets are in these states, and state folders have these notes.
    private static func search(
        _ environment: [String: String] = ["HOME": "/home/anna"], user: UInt32 = 1000,
        sockets: [String: SocketState] = [:], holders: [String: StateHolder] = [:], users: [UInt32] = []
    ) -> ControlSearch.Result {
        ControlSearch(
            machine: .init(
                environment: environment, user: user, home: { [0: "/root", 1000: "/home/anna"][$0] }, users: { users },
                holder: { holders[$0] }, state: { sockets[$0] ?? .absent })
        ).run()
    }

    private static let runtime = "/run/user/1000/switchboard.sock"
    private static let state = "/home/anna/.local/state/switchboard"
    private static let system = "/run/switchboard/switchboard.sock"

    static let found: [Row<(environment: [String: String], user: UInt32, socket: String), Bool>] = [
        Row("a login shell", (["HOME": "/home/anna", "XDG_RUNTIME_DIR": "/run/user/1000"], 1000, runtime), true),
        Row("row 5: cron", (["HOME": "/home/anna"], 1000, runtime), true),
        Row("row 5: su", (["HOME": "/home/anna", "XDG_RUNTIME_DIR": "/run/user/0"], 1000, runtime), true),
        Row("row 5: no home", ([:], 1000, state + "/switchboard.sock"), true),
        Row("row 5: sudo, by the runtime folder", (["HOME": "/root", "SUDO_UID": "1000"], 0, runtime), false),
        Row(
            "row 5: sudo, by the state", (["HOME": "/root", "SUDO_UID": "1000"], 0, state + "/switchboard.sock"), false),
        Row("a service of the system", (["HOME": "/home/anna"], 1000, system), false),
        Row("a state folder elsewhere", (["XDG_STATE_HOME": "/s"], 1000, "/s/switchboard/switchboard.sock"), true),
    ]

    @Test(arguments: found) func theServerIsFoundFromAnyShell(
        _ row: Row<(environment: [String: String], user: UInt32, socket: String), Bool>
    ) {
        let result = Self.search(row.input.environment, user: row.input.user, sockets: [row.input.socket: .listening])
        #expect(result.best == row.input.socket)
        #expect((result.note == nil) == row.expected, "only a place that is not the usual one is named")
    }

    @Test("row 5: the lock names the socket") func theLockNamesTheSocket() {
        let holder = StateHolder(process: 7, socket: "/tmp/mine.sock", isRunning: true)
        let result = Self.search(sockets: ["/tmp/mine.sock": .listening], holders: [Self.state: holder])
        #expect(result.best == "/tmp/mine.sock")
        #expect(result.note == nil)
    }

    @Test("row 4: a server is known by its state folder") func theStateFolderOfAServerIsKnown() {
        let holder = StateHolder(process: 7, socket: Self.runtime, isRunning: true)
        let former = StateHolder(process: 6, socket: Self.runtime, isRunning: false)
        let result = Self.search(
            ["HOME": "/home/anna", "XDG_STATE_HOME": "/s"], sockets: [Self.runtime: .listening],
            holders: ["/s/switchboard": former, Self.state: holder])
        #expect(result.stateFolder(of: Self.runtime) == Self.state)
        #expect(result.stateFolder(of: Self.system) == nil)
    }

    @Test func rootFindsTheServersOfOthers() {
        let socket = "/run/user/1001/switchboard.sock"
        let result = Self.search(["HOME": "/root"], user: 0, sockets: [socket: .listening], users: [1000, 1001])
        #expect(result.best == socket)
        #expect(result.note?.contains(socket) == true)
    }

    @Test("row 5: every place is named") func everyPlaceIsNamed() {
        let result = Self.search(["HOME": "/home/anna", "XDG_RUNTIME_DIR": "/run/x"])
        #expect(result.best == "/run/x/switchboard.sock")
        for place in ["/run/x/switchboard.sock", Self.runtime, Self.state + "/switchboard.sock", Self.system] {
            #expect(result.failure.contains(place))
        }
    }

    @Test("row 4: a server whose socket is gone") func aServerWhoseSocketIsGoneIsNamed() {
        let holder = StateHolder(process: 4711, socket: Self.runtime, isRunning: true)
        let result = Self.search(holders: [Self.state: holder])
        for fact in ["4711", Self.state, Self.runtime] { #expect(result.failure.contains(fact)) }
        let gone = StateHolder(process: 4711, socket: Self.runtime, isRunning: false)
        #expect(!Self.search(holders: [Self.state: gone]).failure.contains("4711"))
    }

    @Test func aSocketOfAnotherUserIsTriedLast() {
        let sockets: [String: SocketState] = [Self.runtime: .listening, Self.system: .notAllowed]
        #expect(Self.search(sockets: sockets).best == Self.runtime)
        #expect(Self.search(sockets: [Self.system: .notAllowed]).best == Self.system)
    }

    @Test("row 17: a path that is too long") func aPlaceThatCannotBeASocketIsPassedOver() {
        let long = "/run/" + String(repeating: "x", count: 110)
        let environment = ["HOME": "/home/anna", "XDG_RUNTIME_DIR": long]
        let sockets: [String: SocketState] = [long + "/switchboard.sock": .unusable(36)]
        #expect(Self.search(environment, sockets: sockets).best == Self.runtime)
    }

    @Test func severalServersAreNamed() {
        let result = Self.search(sockets: [Self.runtime: .listening, Self.state + "/switchboard.sock": .listening])
        #expect(result.best == Self.runtime)
        #expect(result.note?.contains(Self.state) == true)
    }
}
