// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Journal
import Overrides
import Rules

extension UsedRules {
    /// The rules of a source, which are in use from a moment on.
    init(_ source: ConfigurationSource, _ file: RulesFile, at now: Instant, overrides: ActiveOverrides) {
        let contacts = Set(file.contacts.compactMap(\.kind.table).map { NamedFiles.path($0, besides: source.path) })
        let rules = File(path: NamedFiles.absolute(source.path), role: .rules, bytes: source.bytes)
        let named = source.contents.sorted { $0.key < $1.key }.map { path, bytes in
            File(path: path, role: contacts.contains(path) ? .contacts : .named, bytes: bytes)
        }
        self.init(
            revision: file.rules.revision, at: now,
            overrides: (overrides.closures + overrides.openings + overrides.greetings).sorted { $0.id < $1.id },
            callers: overrides.callers, files: [rules] + named)
    }
}
