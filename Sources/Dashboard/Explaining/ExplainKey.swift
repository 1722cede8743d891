// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// Trying out what callers get.
enum ExplainKey: CaseIterable, Sendable {
    case explain, again, testCall

    var binding: Binding {
        switch self {
        case .explain:
            Binding(
                [.character("x")], "x", "explain", "explain what a call would get, now or at another time", in: .trying,
                contexts: InputContext.screens, bar: 13, word: "explain")
        case .again:
            Binding(
                [.character("r")], "r", "again",
                "decide this call again, as if it came in now, and show the difference",
                in: .trying, contexts: [.list, .detail], bar: 14, word: "again")
        case .testCall:
            Binding(
                [.character("t")], "t", "test call", "have the server send itself a signed test call, after asking",
                in: .trying, contexts: InputContext.screens, word: "test")
        }
    }
}

extension DashboardState {
    mutating func runExplain(_ key: ExplainKey) -> [DashboardEffect] {
        guard record == nil else {
            say("this is a record: its server is not there to ask")
            return []
        }
        if let obstacle {
            say(obstacle, isAlert: true)
            return []
        }
        switch key {
        case .explain: openQuestion(.explain)
        case .again: return decideAgain()
        case .testCall:
            guard !isReadOnly else {
                say("read-only: no test calls")
                return []
            }
            openQuestion(.testCall)
        }
        return []
    }

    private mutating func openQuestion(_ purpose: Dialog.Purpose) {
        var form = DialogForm()
        form[.from] = TextField(given: callHere.map(\.askedCaller) ?? "withheld")
        form[.to] = TextField(
            given: callHere.flatMap(\.called.number)?.description ?? lineHere?.description
                ?? status?.lines.first?.number.description ?? "")
        dialog = Dialog(purpose, form: form, focus: .field(.from))
    }

    /// The line that is looked at in the view of the lines.
    private var lineHere: PhoneNumber? {
        if case .line(let number) = page?.kind { return number }
        return screenContext == .lines ? lineList.selected : nil
    }

    private mutating func decideAgain() -> [DashboardEffect] {
        guard let call = callHere else {
            say("no call is selected")
            return []
        }
        guard let answered = call.answered else {
            say("we were not asked for this call, so nothing was decided")
            return []
        }
        let former = CallToExplain.Former(
            at: answered.receivedAt, by: answered.decision.by.description, words: list.texts[call].answer,
            reply: answered.reply)
        return ask(CallToExplain(from: call.askedCaller, to: call.askedCalled, at: nil, former: former))
    }

    private mutating func ask(_ call: CallToExplain) -> [DashboardEffect] {
        say("asking the server")
        return [.request(.explain(call))]
    }

    /// Asks what the dialog is filled in with.
    mutating func confirmExplain(_ form: DialogForm) -> [DashboardEffect] {
        let (from, to, text) = (form[.from].trimmed, form[.to].trimmed, form[.moment].trimmed)
        guard !to.isEmpty else { return complain("type a number or the name of a line", at: .to) }
        var moment: Instant?
        if !text.isEmpty {
            moment = MomentText.read(text, now: now, clock: clock)
            guard moment != nil else {
                return complain("type a time such as mon 9:00, or nothing for now", at: .moment)
            }
        }
        dialog = nil
        askedForm = form
        return ask(CallToExplain(from: from.isEmpty ? "withheld" : from, to: to, at: moment))
    }

    mutating func confirmTestCall(_ form: DialogForm) -> [DashboardEffect] {
        let (from, to) = (form[.from].trimmed, form[.to].trimmed)
        guard !to.isEmpty else { return complain("type the number of a line", at: .to) }
        dialog = nil
        say("calling \(to)")
        return [.request(.testCall(from: from.isEmpty ? "withheld" : from, to: to))]
    }

    /// Shows what the server says.
    mutating func take(_ explanation: CallExplanation) {
        if statusMessage?.isAlert == false { statusMessage = nil }
        switch explanation.outcome {
        case .refused(let reason):
            say(reason, isAlert: true)
            askAgain(explanation.call)
        case .answered:
            self.explanation = explanation
            page = TextPage(kind: .explanation)
        }
    }
}

extension DashboardState {
    /// Opens a question that was refused with what was typed, unless the operator went on to something else.
    private mutating func askAgain(_ call: CallToExplain) {
        guard call.former == nil, let form = askedForm, dialog == nil, menu == nil, !isPrompting else { return }
        dialog = Dialog(.explain, form: form, focus: .field(.to))
    }
}

extension CallRecord {
    /// The caller as the server reads it again.
    fileprivate var askedCaller: String { asSent?.caller ?? caller.number?.description ?? "withheld" }

    fileprivate var askedCalled: String { asSent?.called ?? called.number?.description ?? "" }
}
