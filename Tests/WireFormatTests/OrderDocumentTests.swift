// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import WireFormat
import TestSupport
import Testing

/// Orders as scripts write them.
@Suite struct OrderDocumentTests {
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
    ])
    func isReadAsItIsWritten(_ json: String, _ order: OverrideCommand) throws {
        let document = try OrderDocument(Array(json.utf8))
        #expect(document == OrderDocument(order: order))
        #expect(document.order(closingWith: "Rules") == order, "a text that was said is not replaced")
    }

    @Test(arguments: ["closed", "inform"], ["", #","text":null"#])
    func aClosureWithoutATextSaysTheOneOfTheRulesFile(_ kind: String, _ text: String) throws {
        let json = #"{"act":"begin","kind":"\#(kind)","scopes":["all"]\#(text)}"#
        let document = try OrderDocument(Array(json.utf8))
        #expect(document.wantsDefaultText)
        let closing = kind == "closed" ? Override.Kind.closed(says: "Dicht") : .inform(says: "Dicht")
        #expect(
            document.order(closingWith: "Dicht")
                == .begin(closing, scopes: [.all], reason: "", until: .nextChange))
        #expect(try OrderDocument(document.document.bytes) == document)
    }

    @Test func whoGivesItMayBeSaid() throws {
        let json = #"{"act":"undo","who":{"user":"jan","terminal":"pts/3","host":null}}"#
        #expect(try OrderDocument(Array(json.utf8)).who == Operator(user: "jan", terminal: "pts/3"))
    }

    @Test(arguments: [
        ("", "this is not a JSON object"), ("[]", "this is not a JSON object"), ("{}", "act is missing"),
        (#"{"act":"close"}"#, "act must be begin, open, follow hours, clear greeting, end or undo"),
        (#"{"act":"undo","id":1}"#, "id is not known; there are act, who"),
        (#"{"act":"end","id":"1"}"#, "id must be a whole number"),
        (#"{"act":"open"}"#, "scopes is missing"),
        (#"{"act":"open","scopes":"all"}"#, "scopes must be a list"),
        (#"{"act":"open","scopes":["all","group "]}"#, "scopes[1] must be `all`, `group NAME` or `line +NUMBER`"),
        (#"{"act":"undo","who":{"user":"jan","tty":"x"}}"#, "who.tty is not known; there are user, terminal, host"),
        (#"{"act":"undo","who":{}}"#, "who.user is missing"),
        (#"{"act":"begin","kind":"greeting","scopes":["all"]}"#, "text is missing"),
        (#"{"act":"begin","kind":"shut","scopes":["all"]}"#, "kind must be closed, inform, open or greeting"),
        (
            #"{"act":"begin","kind":"open","text":"Hoi","scopes":["all"]}"#,
            "text must be left out, since open says nothing"
        ),
        (
            #"{"act":"begin","kind":"open","scopes":["all"],"untl":"reopened"}"#,
            "untl is not known; there are act, kind, text, scopes, reason, until, for_seconds, who"
        ),
        (
            #"{"act":"begin","kind":"open","scopes":["all"],"until":"tomorrow"}"#,
            "until must be `reopened`, `next change` or a time such as 2026-07-01T17:30:00+02:00"
        ),
        (#"{"act":"begin","kind":"open","scopes":["all"],"for_seconds":0}"#, "for_seconds must be 1 or more"),
        (
            #"{"act":"begin","kind":"open","scopes":["all"],"for_seconds":-9223372036854775808}"#,
            "for_seconds must be 1 or more"
        ),
        (
            #"{"act":"begin","kind":"open","scopes":["all"],"for_seconds":60,"until":"reopened"}"#,
            "for_seconds and until say the same: leave one of them out"
        ),
    ])
    func whatIsWrongIsToldWithItsPlace(_ json: String, _ words: String) {
        do throws(DocumentProblem) {
            _ = try OrderDocument(Array(json.utf8))
            Issue.record("was taken")
        } catch {
            #expect(error.description == words)
        }
    }

    @Test func aRefusalAndAProblemAreFailures() {
        #expect(
            ControlFailure(OverrideError.noOverride(id: 3)).document.text
                == #"{"error":{"code":"no_override","message":"no override has the number 3; it may have ended"}}"#)
        #expect(
            ControlFailure(DocumentProblem(at: "id", "is missing")).document.text
                == #"{"error":{"code":"bad_document","message":"id is missing"}}"#)
    }
}
