// SPDX-License-Identifier: Apache-2.0

import Calls
package import CursesDisplay
package import Dashboard
import Overrides
package import Screen

/// The dashboard's own thread: keys, changes and the clock in; frames and effects out.
///
/// It sleeps in the terminal's `wait` and wakes for a key, for a change, or for the next second while the clock is shown.
package struct DashboardLoop: ~Copyable {
    /// Why the loop ended.
    package enum Ending: Equatable, Sendable {
        case quit
        case stopped
        /// The terminal is gone.
        case hungUp
    }

    private var state: DashboardState
    private var session: TerminalSession
    private let depth: ColorDepth
    private let mailbox: Mailbox
    private let services: DashboardServices
    /// Whether the screen shows time passing, which costs one wake-up per second.
    private let showsClock: Bool
    private var pace = FramePace()
    private var status: (version: UInt64, until: Instant?)?
    private var tickedSecond: Int64 = 0
    private var ending: Ending?
    /// What the terminal was asked for.
    private var reportsMouse = false
    private var title: String?

    package init(
        state: DashboardState, session: consuming TerminalSession, depth: ColorDepth, mailbox: Mailbox,
        services: DashboardServices, showsClock: Bool
    ) {
        self.state = state
        self.session = session
        self.depth = depth
        self.mailbox = mailbox
        self.services = services
        self.showsClock = showsClock
    }

    /// Runs until the operator quits, the program stops, or the terminal hangs up; then restores the terminal.
    package consuming func run() -> Ending {
        handle(.resized(session.size))
        takeLog()
        var isUrgent = true
        while true {
            refresh(urgently: isUrgent)
            if let ending = ending ?? mailbox.ending {
                session.close()
                return ending
            }
            let events = session.wait(timeoutMilliseconds: timeout)
            isUrgent = take(events)
            if state.hasWork { handle(.idle) }
        }
    }

    /// Takes the log as it is; what is asked first may be over by then, and never the other way round.
    private mutating func takeLog() {
        let isReading = services.isReadingCalls()
        handle(.logChanged(services.snapshot(), isReading: isReading))
    }

    private mutating func take(_ events: [TerminalEvent]) -> Bool {
        // A key means the time at which it is pressed, however long nothing happened before.
        tick(services.now())
        var isUrgent = false
        for event in events {
            if event.isOfSomebody { pace.isInBackground = false }
            switch event {
            case .key(let key):
                handle(.key(key))
                isUrgent = true
            case .paste(let text):
                handle(.paste(text))
                isUrgent = true
            case .burst(let keys):
                handle(.burst(keys))
                isUrgent = true
            case .mouse(let event):
                handle(.mouse(event))
                isUrgent = true
            // A frame may have waited for it.
            case .drawn: break
            case .focused(let isFocused): pace.isInBackground = !isFocused
            case .resized(let size):
                session.redraw()
                handle(.resized(size))
                isUrgent = true
            case .woken: for message in mailbox.takeMessages() { handle(message) }
            case .hungUp: ending = .hungUp
            }
        }
        return isUrgent
    }

    private mutating func handle(_ message: DashboardMessage) {
        // The way out of a paste that its terminal did not end.
        if case .interrupted = message { session.forgetInput() }
        for effect in state.update(with: message) { perform(effect) }
        matchTerminal()
        pace.touch()
    }

    /// Has the terminal report the mouse, and show a title, as the state wants it.
    private mutating func matchTerminal() {
        if state.usesMouse != reportsMouse {
            reportsMouse = state.usesMouse
            session.report(mouse: reportsMouse)
        }
        if state.title != title {
            title = state.title
            session.show(title: title)
        }
    }

    /// Takes what changed and draws, if it is time for a frame.
    private mutating func refresh(urgently isUrgent: Bool) {
        let now = services.now()
        tick(now)
        // On a slow link frames are skipped, and never keys.
        let isBehind = session.frameWait != nil
        if !isBehind, mailbox.isChanged, isUrgent || pace.wait(at: now) == 0, mailbox.takeChange() {
            takeLog()
        }
        refreshStatus(now)
        guard !isBehind, pace.mayDraw(at: now, urgently: isUrgent) else { return }
        session.present(state.view(), theme: state.theme, depth: depth)
    }

    private mutating func tick(_ now: Instant) {
        guard now.seconds != tickedSecond else { return }
        tickedSecond = now.seconds
        handle(.tick(now))
    }

    /// Computes the status again when overrides or rules changed, or when a line or an override reached its end.
    private mutating func refreshStatus(_ now: Instant) {
        let version = services.statusVersion()
        if let status, status.version == version, status.until.map({ now < $0 }) ?? true { return }
        let new = services.status()
        status = (version, new.nextEnd(after: now))
        handle(.status(new))
    }

    /// How long to sleep: until the waiting frame, until the next second, or until something happens.
    private var timeout: Int? {
        if state.hasWork { return 0 }
        let now = services.now()
        if pace.isWaiting || mailbox.isChanged {
            return max(Int(pace.wait(at: now) / 1000) + 1, session.frameWait ?? 0)
        }
        guard showsClock else {
            // Without the clock only the end of a line's state or of an override wakes the loop, or an alarm.
            let wake = [status?.until, state.alarmAt].compactMap(\.self).min()
            return wake.map { Int(clamping: max(0, $0.microseconds(since: now)) / 1000 + 1) }
        }
        return Int((1_000_000 - (now.microseconds - now.seconds * 1_000_000)) / 1000) + 1
    }

    private mutating func perform(_ effect: DashboardEffect) {
        switch effect {
        case .request(let request): services.perform(request) { [mailbox] message in mailbox.post(message) }
        case .local(let work): services.local(work) { [mailbox] message in mailbox.post(message) }
        case .copy(let base64):
            if !session.copy(base64: base64) {
                handle(.notify(OperatorMessage("this terminal has no clipboard: nothing was copied", isAlert: true)))
            }
        case .alarm(.bell): session.ring()
        case .alarm(.notice(let words)): session.notify(words)
        case .redraw: session.redraw()
        case .suspend:
            session.suspend()
            pace.isInBackground = false
            // The window may have another size now, and keys may come before any other event.
            handle(.resized(session.size))
            if let title { session.show(title: title) }
        case .quit: ending = .quit
        case .interrupt: TerminalSession.interrupt()
        }
    }
}

extension TerminalEvent {
    /// Whether somebody sits at the terminal, whatever it reports about its window.
    fileprivate var isOfSomebody: Bool {
        switch self {
        case .key, .paste, .burst, .mouse: true
        case .drawn, .focused, .resized, .woken, .hungUp: false
        }
    }
}
