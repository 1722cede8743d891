// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import Dashboard

/// `switchboard manual`: the manual pages, for whoever packages the program.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print a manual page, or the names of all pages.",
        discussion: """
            EXAMPLES:
              switchboard manual
              switchboard manual switchboard-close.1 | man -l -
            """, shouldDisplay: false)

    @Argument(help: ArgumentHelp("The page, such as switchboard.1.", valueName: "PAGE"))
    var page: String?

    func run() throws {
        let manual = Manual(
            of: try CommandTable(of: SwitchboardCommand.self), keys: KeyReference(Keymap.standard).rows,
            version: Version.text)
        guard let page else { return manual.pages.forEach { StandardOutput.say($0.file) } }
        guard let found = manual.pages.first(where: { $0.file == page }) else {
            let meant = NearMiss.word(nearest: page, among: manual.pages.map(\.file)).map { "; did you mean \($0)?" }
            throw CommandFailure(
                .failure, "No manual page \(page)" + (meant ?? "; `switchboard manual` lists the pages."))
        }
        StandardOutput.emit(Array(found.source.utf8))
    }
}
