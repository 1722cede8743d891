// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// Going through a record; offered only where the dashboard shows one.
enum RecordKey: CaseIterable, Sendable {
    case previousChange, nextChange, previousCall, nextCall, at

    var binding: Binding {
        switch self {
        case .previousChange:
            bind("[", "earlier", "back to the previous change of rules, overrides or server", bar: 1)
        case .nextChange: bind("]", "later", "on to the next change of rules, overrides or server", bar: 2)
        case .previousCall: bind("{", "back", "back to before the newest webhook", bar: 4)
        case .nextCall: bind("}", "on", "on to the next webhook", bar: 5)
        case .at:
            Binding(
                [], ":at", "at", "at TIME: go to a time, such as :at 14:02 or :at yesterday 18:00; :at now is the end",
                in: .record, contexts: InputContext.screens, word: "at")
        }
    }

    private func bind(_ key: Character, _ name: String, _ help: String, bar: Int) -> Binding {
        Binding(
            [.character(key)], String(key), name, help, in: .record, contexts: InputContext.screens, bar: bar)
    }
}

extension DashboardState {
    mutating func runRecord(_ key: RecordKey) -> [DashboardEffect] {
        guard record != nil else {
            remark("this is a server; `switchboard view` shows the past")
            return []
        }
        switch key {
        case .previousChange: return travel(.change(isForward: false))
        case .nextChange: return travel(.change(isForward: true))
        case .previousCall: return travel(.call(isForward: false))
        case .nextCall: return travel(.call(isForward: true))
        case .at: return travel(toTyped: "")
        }
    }

    private func travel(_ travel: RecordTravel) -> [DashboardEffect] { [.request(.travel(travel))] }

    /// Goes to a time that was typed; the newest one that is meant before the end of the record.
    mutating func travel(toTyped text: String) -> [DashboardEffect] {
        guard let record else { return [] }
        guard let moment = MomentText.past(text, now: record.extent.upperBound, clock: clock) else {
            let what = text.isEmpty ? "a time is missing" : "\"\(text)\" is not a time"
            say("\(what); examples: \(MomentText.pastExamples)", isAlert: true)
            return []
        }
        return travel(.to(moment))
    }

    /// The time that is typed after `at`, if that is the command.
    func typedMoment(in typed: String) -> String? {
        guard record != nil else { return nil }
        return argument(of: .record(.at), in: typed)
    }

    /// Takes another moment, whole.
    mutating func take(_ frame: RecordFrame) {
        record = frame.moment
        now = frame.moment.at
        wallClock = frame.moment.at
        status = frame.status
        log = frame.log
        // A place may have another version of its call, and none of what was found.
        list.texts = CallTexts(clock: clock)
        if search?.isOpen == true { search?.restart() } else { search = nil }
        filter.restart()
        markedCalls = FilteredCalls()
        columns.sorted = SortedCalls()
        statusMessage = nil
        if let words = frame.words { remark(named(words)) }
    }
}
