// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Foundation
import Rules
import StateFiles

/// The rules with which a checked file is compared.
enum FormerRules {
    /// Returns those of a file, else those that a server last read from the checked file; `nil` where there are none.
    static func find(
        named: String?, of source: ConfigurationSource, stateFolder: String?
    ) throws -> RuleSet? {
        if let named {
            let former = try ConfigurationSource(path: named)
            guard let file = former.outcome.file else {
                throw CommandFailure(.failure, "\(former.renderedFindings)\n\(named) has errors; nothing is compared.")
            }
            return file.rules
        }
        // Only splits are compared without being asked for.
        guard source.outcome.file?.rules.hasSplits == true, let kept = kept(in: stateFolder),
            kept.path == NamedFiles.absolute(source.path),
            kept.bytes != source.bytes
        else {
            return nil
        }
        return ConfigurationSource(path: kept.path, bytes: kept.bytes, kept: kept.files).outcome.file?.rules
    }

    /// What a state folder keeps, that of this user by default, if it can be read.
    private static func kept(in folder: String?) -> KeptRules? {
        do {
            let folder = try StatePath.find(named: folder, environment: ProcessInfo.processInfo.environment)
            return try LastGoodRules.read(from: folder)
        } catch let failure as CommandFailure {
            report(failure.message)
        } catch {
            report("\(error)")
        }
        return nil
    }

    private static func report(_ reason: String) {
        StandardError.say("splits are not compared with those in use: \(reason)")
    }
}

extension RuleSet {
    /// What is different from other rules, as a reload shows it; no caller is known.
    func changes(since former: RuleSet, at now: Instant) -> RulesChanges {
        RulesChanges(
            from: CallPolicy(rules: former), to: CallPolicy(rules: self), at: now,
            callers: EmptyCollection<PhoneNumber>())
    }
}
