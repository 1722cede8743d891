// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import EventLog
import Exchange
import Rules
import TestSupport
import Testing

/// What the operator's switches do to the next call, and what the desk says of them.
@Suite struct DeskTests {
    private var status: (Desk) -> DeskStatus {
        {
            $0.status(
                address: "127.0.0.1:1", webhookURL: "http://127.0.0.1:1/webhook", isSigned: true,
                answerWithinMilliseconds: 4000)
        }
    }

    @Test func closingRejectsTheNextCallAndOpeningLetsItIn() throws {
        let office = try Office(rules: .sample(otherwise: .standard))
        #expect(office.ask("1") == "{}")
        office.desk.close(saying: "Storing.")
        #expect(office.ask("2") == #"{"error":"Storing."}"#)
        #expect(status(office.desk).closure?.kind == .closed(says: "Storing."))
        #expect(status(office.desk).closure?.who == "anna")
        office.desk.open()
        #expect(office.ask("3") == "{}")
        #expect(status(office.desk).closure == nil)
    }

    @Test func openingOutsideTheHoursSkipsThem() throws {
        let shut = HoursTable(
            name: "never", zone: nil, weekly: Array(repeating: [], count: 7), dates: [:], closedAnswer: 0)
        let rules = RuleBook.sample(
            lines: [.sample(hours: 0)], hours: [shut], answers: ["closed": .rejection("Night.")])
        let office = try Office(rules: rules)
        #expect(office.ask("1") == #"{"error":"Night."}"#)
        office.desk.open()
        #expect(office.ask("2") == "{}")
        #expect(status(office.desk).closure?.kind == .forcedOpen)
        office.desk.followHours()
        #expect(office.ask("3") == #"{"error":"Night."}"#)
    }

    @Test func openingWhatIsOpenChangesNothing() throws {
        let office = try Office()
        let version = office.desk.version
        office.desk.open()
        #expect(office.desk.version == version)
        #expect(status(office.desk).closure == nil)
    }

    @Test func aForcedGreetingIsHeardUntilItIsTakenBack() throws {
        let office = try Office(rules: .sample(otherwise: .greeting("Hi"), tags: false))
        office.desk.greet(with: "Welkom \"allen\"!")
        #expect(office.ask("1") == #"{"assistant":{"first_message":"Welkom \"allen\"!"}}"#)
        office.desk.clearGreeting()
        #expect(office.ask("2") == #"{"assistant":{"first_message":"Hi"}}"#)
    }

    @Test func newRulesKeepTheSwitches() throws {
        let office = try Office()
        office.desk.close(saying: "Storing.")
        office.desk.use(.sample(otherwise: .greeting("New")), contacts: ContactDirectory(sources: []))
        #expect(office.ask("1") == #"{"error":"Storing."}"#)
        office.desk.open()
        #expect(office.ask("2").contains("New"))
    }

    @Test func everyChangeIsToldToTheLog() throws {
        let office = try Office()
        office.desk.close(saying: "Storing.")
        office.desk.open()
        office.desk.greet(with: "Hi")
        let words = office.log.events(after: 0).events.compactMap { event in
            if case .desk(let words, _) = event { words } else { nil }
        }
        #expect(words == ["anna closed all lines", "anna opened all lines", "anna forced a greeting on all lines"])
    }

    @Test func theTextNamedClosedIsOfferedFirst() throws {
        let office = try Office(
            rules: .sample(answers: [
                "a": .rejection("Nobody here."), "closed": .rejection("We are closed."),
                "b": .rejection("Call {{line.name}}."), "c": .greeting("Hi"),
            ]))
        #expect(status(office.desk).closingTexts == ["We are closed.", "Nobody here."])
    }
}
