// SPDX-License-Identifier: Apache-2.0

import JSON
import Overrides
import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

/// Keys at a desk, and the orders that they come to.
@Suite struct SwitchTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let keys: String
        let desk: ServerStatus
        let effects: [DashboardEffect]

        init(_ name: String, _ keys: String, desk: ServerStatus = .sample(), asks effects: [DashboardEffect]) {
            self.name = name
            self.keys = keys
            self.desk = desk
            self.effects = effects
        }

        var testDescription: String { name }
    }

    private static let first = "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren."
    private static let second = "We are closed because of a fire drill. Please call back in an hour."
    private static let untold = ServerStatus.sample(closingTexts: [])
    private static let single = ServerStatus.sample(lines: Array([LineStatus].sample().prefix(1)))

    @Test(arguments: [
        Example("Tab, the word, Enter", "c<tab>close<enter>", asks: [.close(says: first)]),
        Example("y asks for the word", "cyCLOSE<enter>", asks: [.close(says: first)]),
        Example("the word, then the button", "c<tab>Close<tab><enter>", asks: [.close(says: first)]),
        Example("Enter alone never closes", "c<enter>", asks: []),
        Example("nor does y", "cy<enter><enter>", asks: []),
        Example("nor a wrong word", "c<tab>clos<enter>", asks: []),
        Example("nor the word of another act", "c<tab>open<enter>", asks: []),
        Example("nor Enter from the text", "ctx<enter><enter>", asks: []),
        Example("Escape cancels", "c<esc>y", asks: []),
        Example("n cancels", "cny", asks: []),
        Example("the next text", "ct<down><enter>yclose<enter>", asks: [.close(says: second)]),
        Example("around the texts", "ct<down><down><enter>yclose<enter>", asks: [.close(says: first)]),
        Example(
            "an edited text", "ct<^u>Tot morgen.<enter>yclose<enter>", asks: [.close(says: "Tot morgen.")]),
        Example("y is a letter while a text is typed", "ctyyy", asks: []),
        Example("never an empty text", "c<tab><tab>yclose<enter>", desk: untold, asks: []),
        Example("nor a blank one", "c   <enter>yclose<enter>", desk: untold, asks: []),
        Example(
            "a text that had to be typed", "cTot morgen.<enter>yclose<enter>", desk: untold,
            asks: [.close(says: "Tot morgen.")]),
        Example("a reason", "crdrill<enter>yclose<enter>", asks: [.close(says: first, reason: "drill")]),
        Example("inform", "ck<right><enter>yclose<enter>", asks: [.inform(first)]),
        Example("one line wants no word", "cy", desk: single, asks: [.close(says: first)]),
        Example("Enter alone never closes one line", "c<enter>", desk: single, asks: []),
        Example("without lines a word is wanted", "cy", desk: .sample(lines: []), asks: []),
    ])
    func closingAsksFor(example: Example) { check(example) }

    @Test(arguments: [
        Example("the next", "cl<right><enter>yclose<enter>", asks: [.close(says: first, .group("demo"))]),
        Example("a group of one line wants no word", "cl<right><enter>y", asks: [.close(says: first, .group("demo"))]),
        Example("a group of two lines does", "cl<right><right><enter>y", asks: []),
        Example(
            "a wide group", "cl<right><right><enter>yclose<enter>", asks: [.close(says: first, .group("amsterdam"))]),
        Example("the last", "cl<left><enter>y", asks: [.close(says: first, .line("+31701234569"))]),
        Example("by its name", "clbill<enter>y", asks: [.close(says: first, .line("+31201234568"))]),
        Example("a name corrected", "clpr<bs><bs>bill<enter>y", asks: [.close(says: first, .line("+31201234568"))]),
        Example("a line that is looked at", "<tab>jcy", asks: [.close(says: first, .line("+31201234567"))]),
        Example(
            "a line of which everything is read", "<tab>j<enter>cy", asks: [.close(says: first, .line("+31201234567"))]),
        Example("a call that is looked at means all", "j<enter>cy", asks: []),
        Example("greet on one line", "<tab>gHoi<enter>y", asks: [.greet("Hoi", .line("+31850835037"))]),
    ])
    func theScopeIs(example: Example) { check(example) }

    @Test(arguments: [
        Example("15 minutes", "<tab>cu<right><enter>y", asks: [close(.lasting(seconds: 900))]),
        Example("30 minutes", "<tab>cu<right><right><enter>y", asks: [close(.lasting(seconds: 1800))]),
        Example("4 hours", "<tab>cu<left><left><left><enter>y", asks: [close(.lasting(seconds: 14_400))]),
        Example("a time today", "<tab>cu16:45<enter>y", asks: [close(.time(.sample.advanced(bySeconds: 9900)))]),
        Example("a time tomorrow", "<tab>cu0930<enter>y", asks: [close(.time(.sample.advanced(bySeconds: 70_200)))]),
        Example("no time", "<tab>cu25:00<enter>y", asks: []),
        Example(
            "a time that is corrected", "<tab>cu25<enter>y<bs>2:00<enter>y",
            asks: [
                close(.time(.sample.advanced(bySeconds: 28_800)))
            ]),
        Example("until reopened asks once more", "<tab>cu<left><enter>y", asks: []),
        Example("and Enter does not answer it", "<tab>cu<left><enter>y<enter><enter>", asks: []),
        Example("y does", "<tab>cu<left><enter>yy", asks: [close(.reopened)]),
        Example(
            "Escape goes back to the form", "<tab>cu<left><enter>y<esc>u<right><enter>y", asks: [close(.nextChange)]),
        Example(
            "without changes of hours one hour", "<tab>cy", desk: .sample(lines: unchanging),
            asks: [close(.lasting(seconds: 3600))]),
    ])
    func theEndIs(example: Example) { check(example) }

    private static func close(_ until: Until) -> DashboardEffect {
        .close(says: first, .line("+31850835037"), until: until)
    }

    private static let unchanging: [LineStatus] = [LineStatus].sample().map { line in
        LineStatus(
            number: line.number, name: line.name, group: line.group, state: .open, by: .otherwise, says: .assistant,
            until: nil, untilOffset: 0, next: nil)
    }

    @Test(arguments: [
        Example("greet", "gGoedemiddag.<enter>ygreet<enter>", asks: [.greet("Goedemiddag.")]),
        Example("greet by the button", "gHoi<enter><tab>greet<tab><enter>", asks: [.greet("Hoi")]),
        Example("Enter alone never greets", "gHoi<enter><enter>", asks: []),
        Example("never an empty greeting", "g<enter>ygreet<enter>", asks: []),
        Example(
            "a greeting of the rules file", "g<down><enter>ygreet<enter>", desk: .sample(greetingTexts: ["Hallo."]),
            asks: [.greet("Hallo.")]),
        Example("clearing for all wants its word", "gx", desk: greeted, asks: []),
        Example("which is there to be typed", "gxclear<enter>", desk: greeted, asks: [.clearGreeting()]),
        Example(
            "clearing for one line does not", "<tab>gx", desk: .sample(overrides: [greetingOfLine]),
            asks: [.clearGreeting(.line("+31850835037"))]),
        Example("x clears nothing when nothing is forced", "gHoi<enter>x", asks: []),
    ])
    func greetingAsksFor(example: Example) { check(example) }

    private static let greeted = ServerStatus.sample(greeting: .greeting("Hoi"))
    private static let greetingOfLine = Override.sample(.greeting("Hoi"), .line("+31850835037"))

    private func check(_ example: Example) {
        var state = DashboardState.sample(calls: [CallSample("c-1")], desk: example.desk)
        state.receive(.tick(.sample))
        #expect(state.type(example.keys) == example.effects)
    }

    @Test(arguments: ["cy", "oy", "gHoi<enter>y", "?cy", "<enter>cy", "u", "uy", "<tab>cy"])
    func readOnlyThrowsNothing(keys: String) {
        let desk = ServerStatus.sample(closure: .closed(), undo: .closing)
        var state = DashboardState.sample(isReadOnly: true, calls: .varied, desk: desk)
        #expect(state.type(keys) == [])
        #expect(!state.text.contains("Cancel"))
    }
}
