// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Files
import Rules
import StateFiles

/// What the rules that a server used last say of how its records are shown, as its state folder keeps them.
struct KeptSetting {
    /// The name of the time zone.
    let zone: String
    /// Whether numbers are masked where people read them.
    let masksNumbers: Bool

    /// `nil` where the folder has no rules, or none that can be read.
    init?(of folder: String) {
        let kept: KeptRules?
        do throws(FileProblem) {
            kept = try LastGoodRules.read(from: folder)
        } catch {
            return nil
        }
        guard let kept,
            let rules = ConfigurationSource(path: kept.path, bytes: kept.bytes, only: kept.files).outcome.file?.rules
        else { return nil }
        (zone, masksNumbers) = (rules.zone.name, rules.masksNumbers)
    }
}
