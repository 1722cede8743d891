// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import WireFormat
import TestSupport
import Testing

/// Commands as scripts write them.
@Suite struct CommandDocumentTests {
    static let now = Until.nextChange

    @Test(arguments: [
        (
            #"{"act":"begin","kind":"closed","text":"Dicht","scopes":["all"],"reason":"brand","until":"reopened"}"#,
            OverrideCommand.begin(.closed(says: "Dicht"), scopes: [.all], reason: "brand", until: .reopened)
        ),
        (
            #"{"act":"begin","kind":"open","scopes":["group a b","line +31201234567"],"for_seconds":1800}"#,
            .begin(
                .forcedOpen, scopes: [.group("a b"), .line("+31201234567")], reason: "", until: .lasting(seconds: 1800))
        ),
        (
            #"{"act":"begin","kind":"greeting","text":"Hoi","scopes":["all"],"until":"2026-07-01T14:00:00+02:00"}"#,
            .begin(.greeting("Hoi"), scopes: [.all], reason: "", until: .time(.sample))
        ),
        (
            #"{"act":"begin","kind":"inform","text":"Dicht","scopes":[],"until":"next change"}"#,
            .begin(.inform(says: "Dicht"), scopes: [], reason: "", until: .nextChange)
        ),
        (#"{"act":"open","scopes":["all"]}"#, .open([.all])),
        (#"{"act":"follow hours","scopes":["all"]}"#, .followHours([.all])),
        (#"{"act":"clear greeting","scopes":["all"]}"#, .clearGreeting([.all])),
        (#"{"act":"end","id":7}"#, .end(id: 7)), (#"{"act":"undo"}"#, .undo),
        (#"{"act":"end","id":7.0}"#, .end(id: 7)), (#"{"act":"end","id":7e1}"#, .end(id: 70)),
    ])
    func isReadAsItIsWritten(_ json: String, _ order: OverrideCommand) throws {
        let document = try CommandDocument(Array(json.utf8))
        #expect(document == CommandDocument(command: order))
        #expect(document.command(closingWith: "Rules") == order, "a text that was said is not replaced")
    }

    @Test(arguments: ["closed", "inform"], ["", #","text":null"#])
    func aClosureWithoutATextSaysTheOneOfTheRulesFile(_ kind: String, _ text: String) throws {
        let json = #"{"act":"begin","kind":"\#(kind)","scopes":["all"]\#(text)}"#
        let document = try CommandDocument(Array(json.utf8))
        #expect(document.wantsDefaultText)
        let closing = kind == "closed" ? Override.Kind.closed(says: "Dicht") : .inform(says: "Dicht")
        #expect(
            document.command(closingWith: "Dicht")
                == .begin(closing, scopes: [.all], reason: "", until: .nextChange))
        #expect(try CommandDocument(document.document.bytes) == document)
    }

    @Test func whoGivesItMayBeSaid() throws {
        let json = #"{"act":"undo","who":{"user":"jan","terminal":"pts/3","host":null}}"#
        #expect(try CommandDocument(Array(json.utf8)).who == Operator(user: "jan", terminal: "pts/3"))
    }

    static let problems = [
        Row("nothing", "", ""), Row("a list", "[]", ""), Row("no act", "{}", "act"),
        Row("an unknown act", #"{"act":"close"}"#, "act"), Row("an unknown key", #"{"act":"undo","id":1}"#, "id"),
        Row("another type", #"{"act":"end","id":"1"}"#, "id"),
        Row("no integer", #"{"act":"end","id":7.5}"#, "id"), Row("a huge number", #"{"act":"end","id":1e300}"#, "id"),
        Row("no scopes", #"{"act":"open"}"#, "scopes"),
        Row("one scope", #"{"act":"open","scopes":"all"}"#, "scopes"),
        Row("a group without a name", #"{"act":"open","scopes":["all","group "]}"#, "scopes[1]"),
        Row("an unknown key of who", #"{"act":"undo","who":{"user":"jan","tty":"x"}}"#, "who.tty"),
        Row("nobody", #"{"act":"undo","who":{}}"#, "who.user"),
        Row("a greeting without a text", #"{"act":"begin","kind":"greeting","scopes":["all"]}"#, "text"),
        Row("an unknown kind", #"{"act":"begin","kind":"shut","scopes":["all"]}"#, "kind"),
        Row("open with a text", #"{"act":"begin","kind":"open","text":"Hoi","scopes":["all"]}"#, "text"),
        Row("a typing error", #"{"act":"begin","kind":"open","scopes":["all"],"untl":"reopened"}"#, "untl"),
        Row("no time", #"{"act":"begin","kind":"open","scopes":["all"],"until":"tomorrow"}"#, "until"),
        Row("no seconds", #"{"act":"begin","kind":"open","scopes":["all"],"for_seconds":0}"#, "for_seconds"),
        Row(
            "seconds before now",
            #"{"act":"begin","kind":"open","scopes":["all"],"for_seconds":-9223372036854775808}"#, "for_seconds"),
        Row(
            "two ends", #"{"act":"begin","kind":"open","scopes":["all"],"for_seconds":60,"until":"reopened"}"#,
            "for_seconds"),
    ]

    @Test(arguments: problems) func aProblemNamesItsPlace(_ row: Row<String, String>) {
        do throws(DocumentProblem) {
            _ = try CommandDocument(Array(row.input.utf8))
            Issue.record("was taken")
        } catch {
            #expect(error.place == row.expected)
            #expect(!error.problem.isEmpty)
        }
    }

    @Test func aRefusalAndAProblemAreFailures() throws {
        let refusal = OverrideError.noOverride(id: 3)
        #expect(
            ControlFailure(refusal).document.value
                == .object([
                    .init("error", .object([.init("code", "no_override"), .init("message", .string("\(refusal)"))]))
                ])
        )
        #expect(ControlFailure(DocumentProblem(at: "id", "is missing")).code == "bad_document")
    }
}
