// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

extension DashboardState {
    /// Applies one message and returns the work that it asks of the surroundings.
    package mutating func update(with message: DashboardMessage) -> [DashboardEffect] {
        let before = settings
        let effects = take(message)
        settle()
        if case .settings = message { return effects + lookForAlarms() }
        return effects + remembered(since: before) + lookForAlarms()
    }

    private mutating func take(_ message: DashboardMessage) -> [DashboardEffect] {
        switch message {
        case .key(let key):
            return press(key)
        case .paste(let text):
            paste(text)
        case .burst(let keys):
            return take(burst: keys)
        case .resized(let size):
            self.size = size
        // A record shows what its moment has, whatever the surroundings say.
        case .logChanged where record != nil, .status where record != nil, .tick where record != nil: break
        case .recordMoved(let frame):
            take(frame)
        case .logChanged(let snapshot, let isReading):
            log = snapshot
            isReadingCalls = isReading
            noteDeskNews()
        case .status(let status):
            keepWarnings(of: status)
            self.status = status
            carryOn()
        case .tick(let instant):
            now = instant
            wallClock = instant
            carryOn()
            if let until = statusMessage?.until, until <= now { statusMessage = nil }
        case .idle:
            break
        case .exported(let outcome):
            note(outcome)
        case .overrideResult(let result):
            return note(result)
        case .explained(let explanation):
            take(explanation)
        case .notify(let message):
            show(message)
        case .contact(let contact):
            take(contact)
        case .mouse(let event):
            return take(event)
        case .settings(let settings):
            take(settings)
        case .themes(let offers):
            take(offers)
        case .interrupted:
            warnOfStop()
        }
        return []
    }

    private mutating func press(_ key: Key) -> [DashboardEffect] {
        // An alert stays until a key is pressed; other messages stay, so that moving does not hide a result.
        if !layout.isTooSmall, statusMessage?.isAlert == true { statusMessage = nil }
        alarm.acknowledge()
        if key == .control("c") { return [.interrupt] }
        if key == .control("l") { return [.redraw] }
        // Nothing may be changed that cannot be seen.
        if layout.isTooSmall || !isDialogVisible {
            if key == .escape { dialog = nil }
            return []
        }
        if dialog != nil { return pressInDialog(key) }
        if menu != nil { return pressInMenu(key) }
        if commandLine != nil { return pressInCommandLine(key) }
        if notePrompt != nil { return pressInNote(key) }
        if filter.prompt != nil {
            pressInFilter(key)
            return []
        }
        if search?.isOpen == true {
            pressInSearch(key)
            return []
        }
        guard let command = keymap.command(for: key, in: context) else {
            remark("\(key.words) does nothing here; \(hint(.program(.help)) ?? "?") shows the keys")
            return []
        }
        return run(command)
    }

    /// Takes keys that are a paste without its marks, or typed by a program: text for an open field, and no commands.
    ///
    /// A prompt may be opened by the first of them; Enter at the end counts where there is a field.
    private mutating func take(burst keys: [Key]) -> [DashboardEffect] {
        guard isTextFieldOpen else {
            guard let first = keys.first, opensPrompt(first) else {
                remark(Self.pasteIgnored)
                return []
            }
            let effects = press(first)
            return isTextFieldOpen ? effects + take(burst: Array(keys.dropFirst())) : effects
        }
        let end = keys.lastIndex { $0 != .enter }.map { $0 + 1 } ?? 0
        let text = keys[..<end].compactMap { key -> Character? in
            switch key {
            case .character(let character): character
            case .enter, .tab: " "
            default: nil
            }
        }
        paste(CleanText.clean(String(text)))
        return end < keys.count ? press(.enter) : []
    }

    private func opensPrompt(_ key: Key) -> Bool {
        switch keymap.command(for: key, in: context) {
        case .program(.commandLine), .search(.begin), .filtering(.edit), .remarks(.note): true
        default: false
        }
    }

    private static let pasteIgnored = "Paste ignored: no text field is open"

    private var isTextFieldOpen: Bool {
        if let dialog {
            if case .field(let field) = dialog.focus { return !field.isChoice }
            return false
        }
        return isPrompting
    }

    /// Whether something is being typed into the line below the screen.
    var isPrompting: Bool { isPromptingBelow || filter.prompt != nil }

    /// Whether it is the line with the keys.
    var isPromptingBelow: Bool { commandLine != nil || notePrompt != nil || search?.isOpen == true }

    /// Pasted text goes into an open text field and nowhere else.
    private mutating func paste(_ text: String) {
        guard !layout.isTooSmall, isDialogVisible else { return }
        if dialog != nil {
            dialog?.paste(text)
        } else if commandLine != nil {
            commandLine?.field.insert(text)
        } else if notePrompt != nil {
            notePrompt?.field.insert(text)
        } else if filter.prompt != nil {
            filter.prompt?.field.insert(text)
            filterTyped()
        } else if search?.isOpen == true {
            search?.field.insert(text)
            searchTyped()
        } else {
            remark(Self.pasteIgnored)
        }
    }

    /// Carries the status on: the clock notices what is over before the server reports it.
    private mutating func carryOn() {
        guard noContactSince == nil, status?.isOver(at: now) == true else { return }
        status = status?.carriedOn(to: now)
    }

    /// Keeps new warnings among the messages, since the bars may not have room for all.
    private mutating func keepWarnings(of new: ServerStatus) {
        for warning in new.warnings where status?.warnings.contains(warning) != true {
            messages.keep(OperatorMessage(warning, isAlert: true), at: now)
        }
    }

    private mutating func note(_ outcome: ExportOutcome) {
        switch outcome {
        case .written(let path, let calls, let evicted):
            if exportChoice.kind == .all { exportedCalls = log.totals.calls }
            let left = evicted > 0 ? ", without \(Text.number(evicted)) that memory evicted" : ""
            say("\(Text.count(calls, "call")) written to \(path)\(left)")
        case .exists(let path):
            // A question never takes the keys of what is being typed.
            guard dialog == nil, menu == nil, !isPrompting else {
                return say("\(path) exists: nothing was written; export again to overwrite it", isAlert: true)
            }
            // Nothing is being written while the question is open.
            if statusMessage?.isAlert == false { statusMessage = nil }
            dialog = Dialog(.overwrite(path: path))
        case .failed(let reason):
            say(reason, isAlert: true)
        }
    }

    /// Shows the result of the oldest pending command; a mark that was changed again meanwhile is sent next.
    private mutating func note(_ result: OverrideResponse) -> [DashboardEffect] {
        let answered = pending.isEmpty ? nil : pending.removeFirst()
        switch result {
        case .refused(let reason): say(named(reason), isAlert: true)
        case .done(let outcome): show(outcome)
        }
        guard case .remark(let change, let call) = answered?.command else { return [] }
        let isDone = if case .done = result { true } else { false }
        return markChanges.note(change, on: call, isDone: isDone).map { [order(.remark($0, on: call))] } ?? []
    }

    private mutating func show(_ outcome: OverrideResult) {
        let text = OverrideResultText(outcome, at: now, on: clock.local)
        // What somebody noted stays as it was written.
        let headline = outcome.effect?.act.isText == true ? text.headline : named(text.headline)
        let caveats = outcome.caveats.map { named($0) }
        show(OperatorMessage(headline, details: text.notes.map { named($0) } + caveats, isAlert: !caveats.isEmpty))
        guard !caveats.isEmpty else { return }
        // A caveat must be seen, so it stays until a key is pressed.
        let words = ([headline] + caveats).joined(separator: "; ")
        statusMessage = StatusMessage(text: words, isAlert: true, until: nil)
    }
}

extension OverrideCommand.Act {
    /// Whether its result quotes what somebody wrote.
    fileprivate var isText: Bool {
        switch self {
        case .note, .rewriteNote: true
        case .begin, .open, .followHours, .clearGreeting, .clearCaller, .end, .undo, .mark, .unmark, .removeNote,
            .removeNotes:
            false
        }
    }
}
