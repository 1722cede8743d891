// SPDX-License-Identifier: Apache-2.0

import Calls
@testable import Dashboard
import Overrides
import Screen
import TestSupport
import Testing

/// `--readonly`, key by key: each command in each place where it has keys, with everything that an operator may press next.
@Suite struct ReadOnlyTests {
    /// What leads to a place.
    private static func way(to place: InputContext) -> String {
        switch place {
        case .list: ""
        case .columns: "C"
        case .lines: "<tab>"
        case .detail: "<enter>"
        case .page: "i"
        case .dialog: "e"
        }
    }

    /// What confirms one dialog or another, or gives a command its text.
    private static let next = [
        "", "y", "<enter>", "<tab><enter>", "close<enter>", "<tab>close<enter>", "Hi<enter>ygreet<enter>", "x<enter>",
        "<tab><tab>y", "<tab><tab><enter>", "<tab>open<enter>",
    ]

    /// The commands that change the server; the others work in a read-only dashboard as well.
    private static let changing: Set<Command> = Set(
        OverrideKey.allCases.map(Command.overrides) + CallerKey.allCases.map(Command.caller)
            + RemarkKey.allCases.map(Command.remarks) + [.audit(.note), .program(.reload), .explain(.testCall)])

    private static func sample(isReadOnly: Bool, isAttached: Bool) -> DashboardState {
        .sample(
            size: Size(columns: 120, rows: 40), isReadOnly: isReadOnly, isAttached: isAttached,
            operatorHere: Operator(user: "anna"), calls: .marked,
            status: .sample(closure: .closed(), undo: .narrow))
    }

    /// A dashboard in one of the places.
    private struct Start: Hashable {
        let place: InputContext
        let isReadOnly: Bool
        let isAttached: Bool
    }

    /// Made once, since hundreds of cases begin with them.
    private static let starts: [Start: DashboardState] = {
        var starts: [Start: DashboardState] = [:]
        for isReadOnly in [false, true] {
            for isAttached in [false, true] {
                let state = sample(isReadOnly: isReadOnly, isAttached: isAttached)
                for place in InputContext.allCases {
                    var there = state
                    there.type(way(to: place))
                    starts[Start(place: place, isReadOnly: isReadOnly, isAttached: isAttached)] = there
                }
            }
        }
        return starts
    }()

    /// What a command asks for in a place, whatever is pressed after it.
    private static func effects(
        of command: Command, in place: InputContext, isReadOnly: Bool, isAttached: Bool
    ) -> [[DashboardEffect]] {
        guard let start = starts[Start(place: place, isReadOnly: isReadOnly, isAttached: isAttached)] else {
            Issue.record("no dashboard in \(place)")
            return []
        }
        let keys = command.binding.keys.map { [$0] }
        let words = command.binding.word.map { [":\($0)<enter>", ":\($0) x<enter>"].map(Key.typed) } ?? []
        return (keys + words).flatMap { first -> [[DashboardEffect]] in
            var state = start
            let asked = first.flatMap { state.update(with: .key($0)) }
            guard waits(state) else { return [asked] }
            return next.map { more in
                var answered = state
                var effects = asked
                for key in Key.typed(more) where waits(answered) { effects += answered.update(with: .key(key)) }
                return effects
            }
        }
    }

    /// Whether a key goes into something that is open; else it is a command of its own.
    private static func waits(_ state: DashboardState) -> Bool {
        state.dialog != nil || state.menu != nil || state.isPrompting
    }

    @Test(arguments: Command.allCases, [false, true])
    func nothingOfTheServerIsChangedAndTheRestWorksAsEver(command: Command, isAttached: Bool) {
        for place in command.binding.contexts {
            let readOnly = Self.effects(of: command, in: place, isReadOnly: true, isAttached: isAttached)
            let changes = readOnly.joined().filter(\.changesTheServer)
            #expect(changes.isEmpty, "\(command) in \(place)")
            guard !Self.changing.contains(command) else { continue }
            let usual = Self.effects(of: command, in: place, isReadOnly: false, isAttached: isAttached)
            #expect(readOnly == usual.map { $0.filter { !$0.changesTheServer } }, "\(command) in \(place)")
        }
    }

    /// Else the test above would prove nothing.
    @Test(arguments: changing)
    func whatIsWithheldWouldChangeTheServer(command: Command) {
        let changes = command.binding.contexts.contains { place in
            Self.effects(of: command, in: place, isReadOnly: false, isAttached: false).joined()
                .contains(where: \.changesTheServer)
        }
        #expect(changes)
    }

    @Test(arguments: ["", "<tab>", "<enter>", "i", "C"])
    func noHintNamesWhatIsWithheld(keys: String) {
        var state = Self.sample(isReadOnly: true, isAttached: true)
        state.type(keys)
        for command in Self.changing { #expect(state.hint(command) == nil, "\(command)") }
    }
}

extension DashboardEffect {
    /// Whether it changes the server, its state or its record of calls; an export is a file of the operator's own.
    var changesTheServer: Bool {
        switch self {
        case .request(.override), .request(.testCall), .request(.reload): true
        case .request(.export), .request(.travel), .request(.explain), .local, .copy, .alarm, .redraw, .suspend, .quit,
            .interrupt:
            false
        }
    }
}
