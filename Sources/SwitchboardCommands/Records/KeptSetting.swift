// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Files
import Journal
import Rules
import StateFiles

/// What the rules that a server used last say of its records, as its state folder keeps them.
struct KeptSetting {
    /// The name of the time zone.
    let zone: String
    /// Whether numbers are masked where people read them.
    let masksNumbers: Bool
    /// The path of the journal; `nil` if the server keeps none.
    let journal: String?

    /// `nil` where the folder has no rules, or none that can be read.
    init?(of folder: String) {
        let kept: KeptRules?
        do throws(FileProblem) {
            kept = try LastGoodRules.read(from: folder)
        } catch {
            return nil
        }
        guard let kept,
            let file = ConfigurationSource(path: kept.path, bytes: kept.bytes, only: kept.files).outcome.file
        else { return nil }
        (zone, masksNumbers) = (file.rules.zone.name, file.rules.masksNumbers)
        journal = Journal.Options(file.server, of: kept.path, stateFolder: folder)?.path
    }

    /// Where the journal of a folder is by these rules; without them where it usually is.
    static func journal(of folder: String) -> String {
        KeptSetting(of: folder)?.journal ?? "\(folder)/\(Journal.fileName)"
    }
}
