// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import PhoneNumbers
import Rules
import TestSupport
import Testing
import TimeZones

extension RulesFile {
    /// Reads a file that names no other files.
    static func read(
        _ bytes: [UInt8], name: String, plan: any NumberingPlan = NoNumberingPlan(), zones: (String) -> Zone?
    ) -> Outcome {
        read(bytes, name: name, zones: zones, files: { _ in .unreadable("there is no such file") }, plan: plan)
    }

    /// Reads a text as the program does, with the zones and the numbers of the world.
    static func readInTheWorld(_ text: String, name: String) -> Outcome {
        read(Array(text.utf8), name: name, plan: WorldNumberingPlan(), zones: TimeZones.zone)
    }

    /// Reads a text that names no other files.
    static func read(_ text: String, name: String, zones: (String) -> Zone?) -> Outcome {
        read(Array(text.utf8), name: name, zones: zones)
    }

    /// Reads a file without findings; the version is written by itself.
    static func sample(_ yaml: String) throws -> RulesFile {
        let outcome = RulesFile.read("version: 1\n" + yaml, name: "rules.yaml", zones: TimeZones.zone)
        let errors = outcome.findings.filter { $0.severity == .error }
        return try #require(outcome.file, "\(errors)")
    }
}
