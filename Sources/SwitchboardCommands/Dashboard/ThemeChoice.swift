// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import Screen

/// Finds a theme.
///
/// Its problems are only reported: a theme never stops the program.
enum ThemeChoice {
    /// The themes in the given folder, the user's own and those that are built in, in this order.
    static func library(folder: String?, environment: [String: String]) -> ThemeLibrary {
        ThemeLibrary(
            folders: folders(folder, environment: environment),
            read: { path in FileManager.default.contents(atPath: path).map(Array.init) },
            list: { folder in
                do {
                    return try FileManager.default.contentsOfDirectory(atPath: folder)
                } catch {
                    // Most people have no themes of their own.
                    return []
                }
            })
    }

    /// Where themes are looked for: the given folder and the user's own.
    static func folders(_ folder: String?, environment: [String: String]) -> [String] {
        let user = ConfigurationPath.configurationHome(environment) + "/switchboard/themes"
        return [folder.map(HomeFolder.expand), user].compactMap(\.self)
    }
}

extension ThemeLibrary.Outcome {
    /// What is wrong, for the operator.
    var problems: [String] { [problem].compactMap(\.self) + findings.map(\.description) }
}
