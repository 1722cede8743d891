// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
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

extension DashboardState {
    /// Does what a key asks for.
    mutating func run(_ command: Command) -> [DashboardEffect] {
        switch command {
        case .operate(let command): openSwitch(command)
        case .list(let command): runInList(command)
        case .lines(let command): runInLines(command)
        case .search(let command): runSearch(command)
        case .detail(let command): runInDetail(command)
        case .scroll(let command): scroll(command)
        case .program(let command): return runProgram(command)
        }
        return []
    }

    private mutating func runProgram(_ command: ProgramCommand) -> [DashboardEffect] {
        switch command {
        case .export: openExport()
        case .help: toggle(.help)
        case .messages: toggle(.messages)
        case .commandLine: commandLine = CommandLine()
        case .reload: return [.reload]
        case .back: return back()
        case .leave: leave()
        case .redraw: return [.redraw]
        case .suspend:
            if isAttached { return [.suspend] }
            dialog = Dialog(.suspend)
        case .stop: return [.quit]
        case .quit: return quit()
        }
        return []
    }

    private mutating func openExport() {
        var form = DialogForm()
        form[.path] = TextField(exportPath)
        dialog = Dialog(.export, form: form, focus: .field(.path))
    }

    private mutating func toggle(_ kind: TextPage.Kind) {
        page = page?.kind == kind ? nil : TextPage(kind: kind)
    }

    private mutating func runInList(_ command: ListCommand) {
        let page = max(1, Layout(self).listRows - 1)
        switch command {
        case .older: list.move(by: 1, in: shown)
        case .newer: list.move(by: -1, in: shown)
        case .pageDown: list.move(by: page, in: shown)
        case .pageUp: list.move(by: -page, in: shown)
        case .newest, .follow: list.follow()
        case .oldest: if let oldest = shown.sequences.first { list.select(oldest) }
        case .freeze: list.frozen = list.frozen == nil ? FrozenView(log: log, at: now) : nil
        case .lines: showsLines = true
        case .details: openDetail(tab: .timeline)
        }
    }

    /// Leaves the place, or quits.
    private mutating func back() -> [DashboardEffect] {
        guard place == .list else {
            leave()
            return []
        }
        return quit()
    }

    /// Quits, or asks whether to when there is something to lose.
    private mutating func quit() -> [DashboardEffect] {
        guard !isAttached, log.totals.calls > exportedCalls || liveCalls > 0 else { return [.quit] }
        dialog = Dialog(.quit)
        return []
    }

    private mutating func leave() {
        switch place {
        case .page: page = nil
        case .detail: detail = nil
        case .lines: showsLines = false
        case .list: search = nil
        }
    }

    /// How many calls are going on; worked out when somebody asks, not frame by frame.
    var liveCalls: Int {
        log.sequences.count { sequence in
            log[sequence].map { $0.isGoingOn(at: now) } ?? false
        }
    }

    private mutating func scroll(_ command: ScrollCommand) {
        let layout = Layout(self)
        let rows = max(1, (page == nil ? layout.detailRows : layout.body.size.rows) - 1)
        let step =
            switch command {
            case .down: 1
            case .up: -1
            case .pageDown: rows
            case .pageUp: -rows
            case .start: -Detail.mostLines
            case .end: Detail.mostLines
            }
        if page != nil { page?.scroll += step } else { detail?.scroll += step }
    }
}

extension DashboardState {
    /// Lets go of the overrides whose time is over; the clock knows it before the desk tells.
    mutating func letGo() {
        guard desk?.overrides.allSatisfy({ $0.isInForce(at: now) }) == false else { return }
        desk?.overrides.removeAll { !$0.isInForce(at: now) }
    }

    /// Keeps the warnings that are new among the messages, since the bars may not have room for all.
    mutating func keepWarnings(of status: ServerStatus) {
        for warning in status.warnings where desk?.warnings.contains(warning) != true {
            keep(OperatorMessage(warning, isAlert: true))
        }
    }

    /// Says what came of the oldest order.
    mutating func note(_ result: OverrideResponse) {
        if !pending.isEmpty { pending.removeFirst() }
        switch result {
        case .refused(let words): say(words, isAlert: true)
        case .done(let outcome):
            // What callers do not get because of something else must be seen, so it stays until a key is pressed.
            tell(OperatorMessage(outcome.words, details: outcome.caveats, isAlert: !outcome.caveats.isEmpty))
            guard !outcome.caveats.isEmpty else { return }
            let words = ([outcome.words] + outcome.caveats).joined(separator: "; ")
            notice = StatusMessage(words: words, isAlert: true, until: nil)
        }
    }
}
