// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import Screen

/// Finds the theme that was asked for; a theme can never stop the program, so what is wrong with it is only said.
enum ThemeChoice {
    /// Returns the theme of the option, else of `SWITCHBOARD_THEME`, else `base`, and what is wrong with it.
    static func load(named name: String?, folder: String?, environment: [String: String]) -> ThemeLibrary.Outcome {
        let wanted = name ?? environment["SWITCHBOARD_THEME"].flatMap { $0.isEmpty ? nil : $0 } ?? Theme.base.id
        let library = ThemeLibrary(folders: folders(folder, environment)) { path in
            FileManager.default.contents(atPath: path).map(Array.init)
        }
        return library.load(wanted)
    }

    /// Where themes are looked for: the folder that was named, the user's, the installed ones, those of a source tree.
    private static func folders(_ named: String?, _ environment: [String: String]) -> [String] {
        let program = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        let executable = (Bundle.main.executableURL ?? program).resolvingSymlinksInPath()
        let installed = executable.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("share/switchboard/themes").path
        let user = ConfigurationPath.configurationHome(environment) + "/switchboard/themes"
        return [named, user, installed, "themes"].compactMap(\.self)
    }
}
