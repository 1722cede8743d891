// SPDX-License-Identifier: Apache-2.0

import JSON
import Overrides
import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

/// Keys, and the commands that they send.
@Suite struct OverrideKeyTests {
    /// The keys, the status, and the effects.
    typealias Example = Row<(keys: String, status: ServerStatus), [DashboardEffect]>

    private static func row(
        _ name: String, _ keys: String, _ status: ServerStatus = .sample(), asks effects: [DashboardEffect]
    ) -> Example {
        Row(name, (keys, status), effects)
    }

    private static let first = "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren."
    private static let second = "We are closed because of a fire drill. Please call back in an hour."
    private static let untold = ServerStatus.sample(closingTexts: [])
    private static let single = ServerStatus.sample(lines: Array([LineStatus].sample().prefix(1)))

    @Test(arguments: [
        row("Tab, the word, Enter", "c<tab>close<enter>", asks: [.close(says: first)]),
        row("y asks for the word", "cyCLOSE<enter>", asks: [.close(says: first)]),
        row("the word, then the button", "c<tab>Close<tab><enter>", asks: [.close(says: first)]),
        row("Enter alone never closes", "c<enter>", asks: []),
        row("nor does y", "cy<enter><enter>", asks: []),
        row("nor a wrong word", "c<tab>clos<enter>", asks: []),
        row("nor the word of another act", "c<tab>open<enter>", asks: []),
        row("nor Enter from the text", "ctx<enter><enter>", asks: []),
        row("Escape cancels", "c<esc>y", asks: []),
        row("n cancels", "cny", asks: []),
        row("the next text", "ct<down><enter>yclose<enter>", asks: [.close(says: second)]),
        row("around the texts", "ct<down><down><enter>yclose<enter>", asks: [.close(says: first)]),
        row(
            "an edited text", "ct<^u>Tot morgen.<enter>yclose<enter>", asks: [.close(says: "Tot morgen.")]),
        row("y is a letter while a text is typed", "ctyyy", asks: []),
        row("never an empty text", "c<tab><tab>yclose<enter>", untold, asks: []),
        row("nor a blank one", "c   <enter>yclose<enter>", untold, asks: []),
        row(
            "a text that had to be typed", "cTot morgen.<enter>yclose<enter>", untold,
            asks: [.close(says: "Tot morgen.")]),
        row("a reason", "crdrill<enter>yclose<enter>", asks: [.close(says: first, reason: "drill")]),
        row("inform", "ck<right><enter>yclose<enter>", asks: [.inform(first)]),
        row("one line wants no word", "cy", single, asks: [.close(says: first)]),
        row("Enter alone never closes one line", "c<enter>", single, asks: []),
        row("without lines a word is wanted", "cy", .sample(lines: []), asks: []),
    ])
    func closingAsksFor(example: Example) { check(example) }

    @Test(arguments: [
        row("the next", "cl<right><enter>yclose<enter>", asks: [.close(says: first, .group("demo"))]),
        row("a group of one line wants no word", "cl<right><enter>y", asks: [.close(says: first, .group("demo"))]),
        row("a group of two lines does", "cl<right><right><enter>y", asks: []),
        row(
            "a wide group", "cl<right><right><enter>yclose<enter>", asks: [.close(says: first, .group("amsterdam"))]),
        row("the last", "cl<left><enter>y", asks: [.close(says: first, .line("+31701234569"))]),
        row("by its name", "clbill<enter>y", asks: [.close(says: first, .line("+31201234568"))]),
        row("a name corrected", "clpr<bs><bs>bill<enter>y", asks: [.close(says: first, .line("+31201234568"))]),
        row("a line that is looked at", "<tab>jjcy", asks: [.close(says: first, .line("+31201234567"))]),
        row(
            "a line of which everything is read", "<tab>jj<enter>cy", asks: [.close(says: first, .line("+31201234567"))]
        ),
        row(
            "a group of which everything is read", "<tab>j<enter>cyclose<enter>",
            asks: [.close(says: first, .group("amsterdam"))]),
        row("a call that is looked at means its line", "<enter>cy", asks: [.close(says: first, .line("+31201234567"))]),
        row("a selected call means all", "cy", asks: []),
        row("a group that is looked at", "<tab>jcyclose<enter>", asks: [.close(says: first, .group("amsterdam"))]),
        row("greet on one line", "<tab>gHoi<enter>y", asks: [.greet("Hoi", .line("+31850835037"))]),
    ])
    func theScopeIs(example: Example) { check(example) }

    @Test(arguments: [
        row("15 minutes", "<tab>cu<right><enter>y", asks: [close(.lasting(seconds: 900))]),
        row("30 minutes", "<tab>cu<right><right><enter>y", asks: [close(.lasting(seconds: 1800))]),
        row("4 hours", "<tab>cu<left><left><left><enter>y", asks: [close(.lasting(seconds: 14_400))]),
        row("a time today", "<tab>cu16:45<enter>y", asks: [close(.time(.sample.advanced(bySeconds: 9900)))]),
        row("a time tomorrow", "<tab>cu0930<enter>y", asks: [close(.time(.sample.advanced(bySeconds: 70_200)))]),
        row("no time", "<tab>cu25:00<enter>y", asks: []),
        row(
            "a time that is corrected", "<tab>cu25<enter>y<bs>2:00<enter>y",
            asks: [
                close(.time(.sample.advanced(bySeconds: 28_800)))
            ]),
        row("until reopened asks once more", "<tab>cu<left><enter>y", asks: []),
        row("and Enter does not answer it", "<tab>cu<left><enter>y<enter><enter>", asks: []),
        row("y does", "<tab>cu<left><enter>yy", asks: [close(.reopened)]),
        row(
            "Escape goes back to the form", "<tab>cu<left><enter>y<esc>u<right><enter>y", asks: [close(.nextChange)]),
        row(
            "without changes of hours one hour", "<tab>cy", .sample(lines: unchanging),
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
        row("greet", "gGoedemiddag.<enter>ygreet<enter>", asks: [.greet("Goedemiddag.")]),
        row("greet by the button", "gHoi<enter><tab>greet<tab><enter>", asks: [.greet("Hoi")]),
        row("Enter alone never greets", "gHoi<enter><enter>", asks: []),
        row("never an empty greeting", "g<enter>ygreet<enter>", asks: []),
        row(
            "a greeting of the rules file", "g<down><enter>ygreet<enter>", .sample(greetingTexts: ["Hallo."]),
            asks: [.greet("Hallo.")]),
        row("clearing for all wants its word", "gx", greeted, asks: []),
        row("which is there to be typed", "gxclear<enter>", greeted, asks: [.clearGreeting()]),
        row(
            "clearing for one line does not", "<tab>gx", .sample(overrides: [greetingOfLine]),
            asks: [.clearGreeting(.line("+31850835037"))]),
        row("x clears nothing when nothing is forced", "gHoi<enter>x", asks: []),
    ])
    func greetingAsksFor(example: Example) { check(example) }

    private static let greeted = ServerStatus.sample(greeting: .greeting("Hoi"))
    private static let greetingOfLine = Override.sample(.greeting("Hoi"), .line("+31850835037"))

    private func check(_ example: Example) {
        var state = DashboardState.sample(calls: [CallSample("c-1")], status: example.input.status)
        state.receive(.tick(.sample))
        #expect(state.type(example.input.keys) == example.expected)
    }

    @Test(arguments: ["cy", "oy", "gHoi<enter>y", "?cy", "<enter>cy", "u", "uy", "<tab>cy"])
    func readOnlyChangesNothing(keys: String) {
        let status = ServerStatus.sample(closure: .closed(), undo: .closing)
        var state = DashboardState.sample(isReadOnly: true, calls: .varied, status: status)
        #expect(state.type(keys) == [])
        #expect(!state.text.contains("n: Cancel"))
    }
}
