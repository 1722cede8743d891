// SPDX-License-Identifier: Apache-2.0

import Screen

/// The keys of a command, and the words for them.
struct Binding: Sendable {
    let keys: [Key]
    /// The keys as the help writes them.
    let keyWords: String
    /// One or two words, for the key bar.
    let name: String
    /// A sentence without its full stop, for the help.
    let help: String
    let group: CommandGroup
    let places: Set<InputContext>
    /// The order in which the key bar gives up names where the screen is narrow; `nil` when it never shows this one.
    let barRank: Int?

    init(
        _ keys: [Key], _ keyWords: String, _ name: String, _ help: String, in group: CommandGroup,
        places: Set<InputContext>, bar barRank: Int? = nil
    ) {
        self.keys = keys
        self.keyWords = keyWords
        self.name = name
        self.help = help
        self.group = group
        self.places = places
        self.barRank = barRank
    }
}
