// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import EventLog
import CallAnswering
import Overrides
import Rules
import TestSupport
import Testing

/// What overrides do to the next call, and what the status and the log say about them.
@Suite struct OverrideServiceTests {
    private var status: (OverrideService) -> ServerStatus {
        {
            $0.status(
                of: .init(
                    address: "127.0.0.1:1", webhookURL: "http://127.0.0.1:1/webhook", isSigned: true,
                    answerWithinMilliseconds: 4000))
        }
    }

    private static let anna = Operator(user: "anna")

    private func closed(_ text: String, until: Until = .reopened) -> OverrideCommand {
        .begin(.closed(says: text), scopes: [.all], reason: "", until: until)
    }

    @Test func closingRejectsTheNextCallAndOpeningLetsItIn() throws {
        let office = try Office(rules: .sample(otherwise: .standard))
        #expect(office.ask("1") == "{}")
        _ = try office.overrides.carryOutBlocking(closed("Storing."), by: Self.anna)
        #expect(office.ask("2") == #"{"error":"Storing."}"#)
        let closure = ActiveOverrides(status(office.overrides).overrides).closure(of: .all, at: .sample)
        #expect(closure?.kind == .closed(says: "Storing."))
        #expect(closure?.who == Self.anna)
        _ = try office.overrides.carryOutBlocking(.open([.all]), by: Self.anna)
        #expect(office.ask("3") == "{}")
        #expect(status(office.overrides).overrides == [])
    }

    @Test func openingByForceSkipsTheHours() throws {
        let shut = HoursTable(
            name: "never", zone: nil, weekly: Array(repeating: [], count: 7), dates: [:], closedAnswer: 0)
        let rules = RuleSet.sample(
            lines: [.sample(hours: 0)], hours: [shut], answers: ["closed": .rejection("Night.")])
        let office = try Office(rules: rules)
        #expect(office.ask("1") == #"{"error":"Night."}"#)
        let force = OverrideCommand.begin(.forcedOpen, scopes: [.all], reason: "", until: .reopened)
        _ = try office.overrides.carryOutBlocking(force, by: Self.anna)
        #expect(office.ask("2") == "{}")
        #expect(status(office.overrides).lines.map(\.state) == [.forcedOpen])
        _ = try office.overrides.carryOutBlocking(.followHours([.all]), by: Self.anna)
        #expect(office.ask("3") == #"{"error":"Night."}"#)
    }

    @Test func informingLetsTheAssistantTellTheClosingText() throws {
        let office = try Office(rules: .sample(tags: false))
        let order = OverrideCommand.begin(.inform(says: "Storing."), scopes: [.all], reason: "", until: .reopened)
        _ = try office.overrides.carryOutBlocking(order, by: Self.anna)
        #expect(office.ask("1") == #"{"assistant":{"first_message":"Storing."},"max_duration_seconds":60}"#)
        #expect(status(office.overrides).lines.map(\.state) == [.inform])
        #expect(status(office.overrides).lines.map(\.says) == [.text("Storing.")])
    }

    @Test func anOverrideEndsToTheSecondWhoeverNoticesIt() throws {
        let office = try Office(rules: .sample(otherwise: .standard))
        _ = try office.overrides.carryOutBlocking(closed("Storing.", until: .lasting(seconds: 120)), by: Self.anna)
        office.clock.advance(milliseconds: 119_999)
        #expect(office.ask("1") == #"{"error":"Storing."}"#)
        office.clock.advance(milliseconds: 1)
        #expect(office.ask("2") == "{}")
        #expect(status(office.overrides).overrides == [])
        let before = office.overrides.version
        #expect(office.overrides.expire() == nil)
        #expect(office.overrides.version > before)
    }

    @Test func whatCannotBeKeptIsNotInForce() throws {
        let office = try Office(rules: .sample(otherwise: .standard), store: FullDisk())
        #expect(throws: OverrideError.notDurable("no space left")) {
            try office.overrides.carryOutBlocking(closed("Storing."), by: Self.anna)
        }
        #expect(office.ask("1") == "{}")
        #expect(status(office.overrides).overrides == [])
    }

    @Test func whatWasKeptIsInForceFromTheFirstCall() throws {
        let state = OverrideState(
            overrides: [.sample(.closed(says: "Storing."))], changes: [], nextID: 2, auditLines: 1)
        let office = try Office(rules: .sample(otherwise: .standard), state: state, warnings: ["damaged"])
        #expect(office.ask("1") == #"{"error":"Storing."}"#)
        #expect(status(office.overrides).warnings == ["damaged"])
        _ = try office.overrides.carryOutBlocking(.open([.all]), by: Self.anna)
        #expect(status(office.overrides).warnings == [])
    }

    @Test func aForcedGreetingIsHeardUntilItIsTakenBack() throws {
        let office = try Office(rules: .sample(otherwise: .greeting("Hi"), tags: false))
        let greet = OverrideCommand.begin(
            .greeting("Welkom \"allen\"!"), scopes: [.all], reason: "", until: .reopened)
        _ = try office.overrides.carryOutBlocking(greet, by: Self.anna)
        #expect(office.ask("1") == #"{"assistant":{"first_message":"Welkom \"allen\"!"}}"#)
        _ = try office.overrides.carryOutBlocking(.clearGreeting([.all]), by: Self.anna)
        #expect(office.ask("2") == #"{"assistant":{"first_message":"Hi"}}"#)
    }

    @Test func screensShowTheClockOfTheRulesInUse() throws {
        let office = try Office()
        #expect(office.overrides.zone == .utc)
        let tokyo = Zone(name: "Asia/Tokyo", firstOffset: 32_400, transitions: [])
        let rules = RuleSet(
            revision: "2", zone: tokyo, lines: [], unknownLine: nil, hours: [],
            answers: [.init(name: nil, answer: .standard)], rules: [], otherwise: 0, tagsAnswers: false)
        office.overrides.use(rules, contacts: ContactDirectory(sources: []))
        #expect(office.overrides.zone == tokyo)
    }

    @Test func newRulesKeepTheOverrides() throws {
        let office = try Office()
        _ = try office.overrides.carryOutBlocking(closed("Storing."), by: Self.anna)
        office.overrides.use(.sample(otherwise: .greeting("New")), contacts: ContactDirectory(sources: []))
        #expect(office.ask("1") == #"{"error":"Storing."}"#)
        _ = try office.overrides.carryOutBlocking(.open([.all]), by: Self.anna)
        #expect(office.ask("2").contains("New"))
    }

    @Test func everyChangeIsLogged() throws {
        let office = try Office()
        _ = try office.overrides.carryOutBlocking(closed("Storing."), by: Self.anna)
        _ = try office.overrides.carryOutBlocking(.open([.all]), by: Self.anna)
        _ = try office.overrides.carryOutBlocking(.undo, by: Self.anna)
        let words = office.log.events(after: 0).events.compactMap { event in
            if case .desk(let event) = event { event.words } else { nil }
        }
        #expect(words.count == 3)
        #expect(words.allSatisfy { $0.hasPrefix("anna ") })
    }

    @Test func theTextNamedClosedIsOfferedFirst() throws {
        let office = try Office(
            rules: .sample(answers: [
                "a": .rejection("Nobody here."), "closed": .rejection("We are closed."),
                "b": .rejection("Call {{line.name}}."), "c": .greeting("Hi"), "d": .greeting("Hi {{line.name}}"),
            ]))
        #expect(status(office.overrides).closingTexts == ["We are closed.", "Nobody here."])
        #expect(status(office.overrides).greetingTexts == ["Hi"])
    }

    @Test func theTextOutsideTheHoursIsOfferedBeforeOthers() throws {
        let answers: [String: Answer] = ["blocked": .rejection("Goodbye."), "dicht": .rejection("Dicht.")]
        let office = try Office(rules: .sample(hours: [.sample(closedAnswer: 1)], answers: answers))
        #expect(status(office.overrides).closingTexts == ["Dicht.", "Goodbye."])
    }

    @Test(
        arguments: [
            [:], ["closed": .rejection("{{line.name}} is closed.")], ["a": .greeting("Hi")],
            ["closed": .rejection("Closed until {{time.hour}}."), "blocked": .rejection("Goodbye.")],
        ] as [[String: Answer]])
    func withoutATextThatCanBeSaidAsItIsAUsualOneIsOffered(_ answers: [String: Answer]) throws {
        let office = try Office(rules: .sample(answers: answers))
        #expect(status(office.overrides).closingTexts.first == CompiledRules.lastClosingText)
    }

    @Test func aTypedPlaceholderGivesANotice() throws {
        let office = try Office()
        let outcome = try office.overrides.carryOutBlocking(
            closed("{{line.name}} is shut."), by: Self.anna)
        #expect(outcome.caveats.count == 1)
    }
}
