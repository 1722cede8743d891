// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

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
