// SPDX-License-Identifier: Apache-2.0

package import Screen

/// Settings that can be changed while the dashboard is shown, until it ends.
enum SettingsKey: CaseIterable, Sendable {
    case mouse, alarm

    var binding: Binding {
        switch self {
        case .mouse: bind(":mouse", "mouse", "mouse on or off: click, wheel; off leaves it to the terminal")
        case .alarm: bind(":alarm", "alarm", "alarm none, bell or notice: what to do when a call goes bad")
        }
    }

    private func bind(_ text: String, _ word: String, _ help: String) -> Binding {
        Binding([], text, word, help, in: .program, contexts: InputContext.screens, word: word)
    }
}

extension DashboardState {
    mutating func runSettings(_ key: SettingsKey) {
        switch key {
        case .mouse: setMouse(!settings.usesMouse)
        case .alarm: say("alarm: \(settings.alarm.rawValue); choose with :alarm none, bell or notice")
        }
    }

    mutating func set(_ key: SettingsKey, to word: String) {
        switch key {
        case .mouse: setMouse(word == "on")
        case .alarm:
            guard let kind = AlarmKind(rawValue: word) else { return }
            settings.alarm = kind
            alarm = Alarm()
            say("alarm: \(kind.rawValue)")
        }
    }

    private mutating func setMouse(_ isOn: Bool) {
        settings.usesMouse = isOn
        say(isOn ? "mouse on; hold Shift to select text" : "mouse off; the terminal selects text")
    }

    /// Takes the operator's settings; they changed on disk.
    mutating func take(_ new: DashboardSettings) {
        let old = settings
        settings = new
        if new.alarm != old.alarm { alarm = Alarm() }
        if let name = new.theme, name != old.theme, let offer = themeOffers.first(where: { $0.name == name }) {
            look = look.with(offer.theme)
        }
    }

    /// Where keys, look and settings come from, before the first message.
    package mutating func begin(with settings: DashboardSettings, _ look: Look, _ clipboard: Clipboard) {
        self.settings = settings
        self.look = look
        self.clipboard = clipboard
    }

    /// Which key runs which command.
    var keymap: Keymap { settings.keymap }

    /// The signs of the theme.
    var glyphs: Glyphs { look.glyphs }

    /// The theme that the screen is shown with.
    package var theme: Theme { look.theme }

    /// Whether the terminal is asked to report the mouse.
    package var usesMouse: Bool { settings.usesMouse }
}
