// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Exchange
import Rules

/// Reads the rules file again; one with errors never replaces the one in use.
enum Reload {
    static func run(path: String, in assembly: Assembly) {
        do {
            let source = try ConfigurationSource(path: path)
            let file = try source.usable()
            let contacts = try ContactSources.directory(file, besides: path, http: assembly.http)
            let differences = assembly.desk.use(file.rules, contacts: contacts)
            let restart = file.server == assembly.settings ? "" : " The changes under server need a restart."
            StandardError.say("\(path): the rules of revision \(file.rules.revision) are in use.\(restart)")
            for difference in differences { StandardError.say("  \(difference)") }
        } catch let failure as CommandFailure {
            StandardError.say(failure.message + "\nThe rules that were in use stay in use.")
        } catch {
            StandardError.say("\(path) was not read: \(error). The rules that were in use stay in use.")
        }
    }
}
