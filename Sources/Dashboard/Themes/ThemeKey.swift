// SPDX-License-Identifier: Apache-2.0

import Screen

/// The looks of the dashboard.
enum ThemeKey: CaseIterable, Sendable {
    case choose

    var binding: Binding {
        switch self {
        case .choose:
            Binding(
                [.character("T")], "T", "theme", "choose a theme and see it at once; :theme NAME takes it",
                in: .program,
                contexts: InputContext.screens, word: "theme")
        }
    }
}

extension DashboardState {
    mutating func runTheme(_ key: ThemeKey) {
        switch key {
        case .choose: openThemes()
        }
    }

    private mutating func openThemes() {
        guard !themeOffers.isEmpty else { return say("the themes are not read yet") }
        let rows = themeOffers.map { offer in
            let own = offer.isOwn ? "yours" : offer.theme.appearance.rawValue
            return Menu.Row(name: CleanText.clean(offer.name), note: own)
        }
        let place = themeOffers.firstIndex { $0.theme.id == look.theme.id } ?? 0
        menu = Menu(title: "Theme", purpose: .themes(before: look), rows: rows, place: place)
    }

    /// Shows the theme that the menu is at.
    mutating func previewTheme(at place: Int) {
        guard themeOffers.indices.contains(place) else { return }
        look = look.with(themeOffers[place].theme)
    }

    /// Takes the theme that the menu is at, and has it remembered.
    mutating func takeTheme(at place: Int) -> [DashboardEffect] {
        guard themeOffers.indices.contains(place) else { return [] }
        let offer = themeOffers[place]
        look = look.with(offer.theme)
        if let problem = offer.problems.first {
            let rest = Array(offer.problems.dropFirst())
            show(OperatorMessage(CleanText.clean(problem), details: rest.map(CleanText.clean), isAlert: true))
        } else {
            say("theme \(CleanText.clean(offer.name))")
        }
        return [.local(.remember(.theme(offer.name)))]
    }

    /// Takes the theme of a name that was typed.
    mutating func takeTheme(named name: String) -> [DashboardEffect] {
        guard !name.isEmpty else {
            openThemes()
            return []
        }
        guard let place = themeOffers.firstIndex(where: { $0.name == name }) else {
            say(
                "there is no theme \"\(CleanText.clean(name))\"; themes: "
                    + themeOffers.map { CleanText.clean($0.name) }.joined(separator: " "), isAlert: true)
            return []
        }
        return takeTheme(at: place)
    }

    /// Takes the themes that there are now; the one in use may have been saved.
    mutating func take(_ offers: [ThemeOffer]) {
        let isOpen = menu?.isOfThemes == true
        let current =
            isOpen ? menu.flatMap { themeOffers.indices.contains($0.place) ? themeOffers[$0.place].name : nil } : nil
        let former = themeOffers.first { $0.theme.id == look.theme.id }
        themeOffers = offers
        if let renewed = offers.first(where: { $0.theme.id == look.theme.id }) { take(renewed, after: former) }
        guard isOpen, case .themes(let before)? = menu?.purpose else { return }
        openThemes()
        menu?.purpose = .themes(before: before)
        if let place = offers.firstIndex(where: { $0.name == current }) { menu?.place = place }
    }

    /// Takes the theme in use as it was saved; one that cannot be read leaves the screen as it is.
    private mutating func take(_ renewed: ThemeOffer, after former: ThemeOffer?) {
        let isOther = renewed.isReadable && renewed.theme != look.theme
        if isOther { look = look.with(renewed.theme) }
        // What was wrong at the start was said then.
        let isNews = isOther || former.map { $0.problems != renewed.problems } ?? false
        guard isNews else { return }
        if let problem = renewed.problems.first {
            let rest = renewed.problems.dropFirst().map(CleanText.clean)
            show(OperatorMessage(CleanText.clean(problem), details: rest, isAlert: true))
        } else {
            remark("theme \(CleanText.clean(renewed.name)) was saved")
        }
    }
}
