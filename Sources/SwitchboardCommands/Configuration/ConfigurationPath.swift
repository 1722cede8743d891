// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where the rules file is looked for (design, section 2).
enum ConfigurationPath {
    /// Returns the file to use: the one that was named, else the first of the usual places that exists.
    static func find(named: String?, environment: [String: String]) throws -> String {
        if let named { return named }
        if let path = environment["SWITCHBOARD_CONFIG"], !path.isEmpty { return path }
        let usual = ["switchboard.yaml", configurationHome(environment) + "/switchboard/switchboard.yaml"]
        if let found = usual.first(where: FileManager.default.fileExists(atPath:)) { return found }
        throw CommandFailure(
            .failure,
            """
            No rules file was found: neither --config nor SWITCHBOARD_CONFIG names one, and there is no \
            \(usual.joined(separator: " and no ")).
            Run `switchboard init` to write a commented starter here.
            """)
    }

    static func configurationHome(_ environment: [String: String]) -> String {
        if let home = environment["XDG_CONFIG_HOME"], home.hasPrefix("/") { return home }
        return (environment["HOME"] ?? "") + "/.config"
    }
}
