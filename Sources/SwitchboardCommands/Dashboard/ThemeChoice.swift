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
        let user = ConfigurationPath.configurationHome(environment) + "/switchboard/themes"
        return ThemeLibrary(
            folders: [folder.map(HomeFolder.expand), user].compactMap(\.self),
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
}

extension ThemeLibrary.Outcome {
    /// What is wrong, for the operator.
    var problems: [String] { [problem].compactMap(\.self) + findings.map(\.description) }
}
