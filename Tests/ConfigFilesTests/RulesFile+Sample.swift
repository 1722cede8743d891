// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Testing
import TimeZones

extension RulesFile {
    /// Reads a file without findings; the version is written by itself.
    static func sample(_ yaml: String) throws -> RulesFile {
        let outcome = RulesFile.read("version: 1\n" + yaml, name: "rules.yaml", zones: TimeZones.zone)
        let errors = outcome.findings.filter { $0.severity == .error }
        return try #require(outcome.file, "\(errors)")
    }
}
