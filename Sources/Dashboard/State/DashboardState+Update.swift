// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import EventLog
import Screen

extension DashboardState {
    /// Applies one message and returns the work that it asks of the outside world.
    package mutating func update(with message: DashboardMessage) -> [DashboardEffect] {
        let effects = take(message)
        settle()
        return effects
    }

    private mutating func take(_ message: DashboardMessage) -> [DashboardEffect] {
        switch message {
        case .key(let key):
            return press(key)
        case .paste(let text):
            paste(text)
        case .resized(let size):
            self.size = size
        case .news(let snapshot):
            log = snapshot
        case .desk(let status):
            keepWarnings(of: status)
            desk = status
            letGo()
        case .tick(let instant):
            now = instant
            letGo()
            if let until = notice?.until, until <= now { notice = nil }
        case .exported(let outcome):
            note(outcome)
        case .ordered(let result):
            note(result)
        case .notify(let tidings):
            tell(tidings)
        }
        return []
    }

    private mutating func note(_ outcome: ExportOutcome) {
        switch outcome {
        case .written(let path, let calls):
            exportedCalls = log.totals.calls
            say("\(Words.count(calls, "call")) written to \(path)")
        case .exists(let path):
            // Nothing is being written while the question is open.
            if notice?.isAlert == false { notice = nil }
            dialog = Dialog(.overwrite(path: path))
        case .failed(let words):
            say(words, isAlert: true)
        }
    }

    /// Pasted text goes into an open text field and nowhere else.
    private mutating func paste(_ text: String) {
        guard !Layout(self).isTooSmall else { return }
        if dialog != nil {
            dialog?.paste(text)
        } else if commandLine != nil {
            commandLine?.field.insert(text)
        } else if search?.isOpen == true {
            search?.field.insert(text)
            searchTyped()
        }
    }

    /// Fits selection, scroll, search and detail to what there is now.
    private mutating func settle() {
        let layout = Layout(self)
        let shown = shown
        list.settle(on: shown, rows: layout.listRows)
        search?.follow(shown)
        refreshDetail(layout)
        lineList.settle(on: desk?.lines ?? [], rows: linePlan.lines(in: layout.body.size.rows))
        if let page { self.page = page.clamped(lines: pageLines.count, rows: layout.body.size.rows) }
    }
}

extension DashboardState {
    private mutating func press(_ key: Key) -> [DashboardEffect] {
        // Nobody shall throw a switch that cannot be seen.
        if Layout(self).isTooSmall { return key == .control("c") ? [.quit] : key == .control("l") ? [.redraw] : [] }
        // A key that is pressed has seen the words; keys that only move do not hide an answer that just came.
        if notice?.isAlert == true { notice = nil }
        if key == .control("c") { return [.quit] }
        if key == .control("l") { return [.redraw] }
        if dialog != nil { return pressInDialog(key) }
        if commandLine != nil { return pressInCommandLine(key) }
        if search?.isOpen == true {
            pressInSearch(key)
            return []
        }
        guard let command = Keymap.command(for: key, in: place) else { return [] }
        return run(command)
    }

    /// Where the keys go.
    var place: InputContext {
        if page != nil { .page } else if detail != nil { .detail } else { showsLines ? .lines : .list }
    }
}
