// SPDX-License-Identifier: Apache-2.0

import Calls

typealias NamedChange = (name: String, words: String)

extension RuleSet {
    /// Rules that were added, removed or changed, in the order of the new file.
    func ruleChanges(to new: RuleSet, callers: some Collection<PhoneNumber>) -> [NamedChange] {
        let former = Dictionary(rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(new.rules.map(\.name))
        var changes: [NamedChange] = []
        for rule in new.rules {
            guard let old = former[rule.name] else {
                changes.append((rule.name, "new, \(new.words(for: rule.outcome))"))
                continue
            }
            let words = words(from: old, to: rule, in: new, callers: callers)
            if !words.isEmpty { changes.append((rule.name, words.joined(separator: ", "))) }
        }
        changes += rules.filter { !names.contains($0.name) }.map { ($0.name, "removed") }
        let kept = (rules.map(\.name).filter(names.contains), new.rules.map(\.name).filter { former[$0] != nil })
        if kept.0 != kept.1 { changes.append(("order", "rules are asked in another order")) }
        return changes
    }

    private func words(
        from old: Rule, to rule: Rule, in new: RuleSet, callers: some Collection<PhoneNumber>
    ) -> [String] {
        let (before, after) = (old.condition.callerSets, rule.condition.callerSets)
        var words = before.words(to: after)
        if old.condition.withoutCallers != rule.condition.withoutCallers || conditionRefersToOtherHours(old, rule, new)
            || (words.isEmpty && old.condition != rule.condition && before.lists == after.lists)
        {
            words.append("other conditions")
        }
        if old.bypassesClosures != rule.bypassesClosures {
            words.append(rule.bypassesClosures ? "bypasses closures now" : "does not bypass closures any more")
        }
        return words + outcomeWords(from: old, to: rule, in: new, callers: callers)
    }

    /// Conditions name hours by their place, which may hold other hours now.
    private func conditionRefersToOtherHours(_ old: Rule, _ rule: Rule, _ new: RuleSet) -> Bool {
        guard rule.condition.asksHours else { return false }
        return hours.map(\.name) != new.hours.map(\.name)
    }

    private func outcomeWords(
        from old: Rule, to rule: Rule, in new: RuleSet, callers: some Collection<PhoneNumber>
    ) -> [String] {
        switch (old.outcome, rule.outcome) {
        case (.answer(let before), .answer(let after)):
            let (was, now) = (answers[before], new.answers[after])
            if was == now || (was.name != nil && was.name == now.name) { return [] }
            return ["\(now.words) instead of \(was.words)"]
        case (.split(let before), .split(let after)):
            return splitWords(from: before, to: after, rule: rule.name, in: new, callers: callers)
        case (.answer, .split), (.split, .answer):
            return ["\(new.words(for: rule.outcome)) instead of \(self.words(for: old.outcome))"]
        }
    }

    private func splitWords(
        from old: Split, to new: Split, rule: String, in rules: RuleSet, callers: some Collection<PhoneNumber>
    ) -> [String] {
        var words: [String] = []
        if old.shares != new.shares || old.by != new.by {
            words.append("split \(new.shares) instead of \(old.shares)")
            if old.by == .caller, new.by == .caller, !callers.isEmpty {
                let moved = Split.moved(from: old, ofRule: rule, to: new, ofRule: rule, callers: callers)
                words.append("\(moved) of \(callers.count) known callers change their arm")
            }
        }
        for arm in new.arms {
            guard let was = old.arms.first(where: { $0.name == arm.name }) else { continue }
            let (before, after) = (answers[was.answer], rules.answers[arm.answer])
            if before != after, before.name == nil || before.name != after.name {
                words.append("arm \(arm.name): \(after.words) instead of \(before.words)")
            }
        }
        return words
    }

    private func words(for outcome: RuleOutcome) -> String {
        switch outcome {
        case .answer(let place): answers[place].words
        case .split(let split): "split \(split.shares)"
        }
    }
}

extension RuleSet {
    /// Named answers whose content changed.
    func answerChanges(to new: RuleSet) -> [NamedChange] {
        let former = Dictionary(
            answers.compactMap { answer in answer.name.map { ($0, answer) } }, uniquingKeysWith: { first, _ in first })
        var changes: [NamedChange] = []
        for answer in new.answers {
            guard let name = answer.name else { continue }
            guard let old = former[name] else {
                changes.append((name, "new, \(answer.content)"))
                continue
            }
            guard old.answer != answer.answer else { continue }
            let (was, now) = (old.content, answer.content)
            changes.append((name, was == now ? "settings of the assistant changed" : "\(now) instead of \(was)"))
        }
        let names = Set(new.answers.compactMap(\.name))
        return changes + former.keys.filter { !names.contains($0) }.sorted().map { ($0, "removed") }
    }

    /// Hours tables that were added, removed or changed.
    func hoursChanges(to new: RuleSet) -> [NamedChange] {
        let former = Dictionary(hours.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var changes: [NamedChange] = []
        for table in new.hours {
            guard let old = former[table.name] else {
                changes.append((table.name, "new"))
                continue
            }
            if !isSame(old, table, new) { changes.append((table.name, "changed")) }
        }
        let names = Set(new.hours.map(\.name))
        return changes + hours.filter { !names.contains($0.name) }.map { ($0.name, "removed") }
    }

    /// Whether two tables are open at the same times and reject in the same words, wherever their answers are listed.
    private func isSame(_ old: HoursTable, _ table: HoursTable, _ new: RuleSet) -> Bool {
        if old == table { return true }
        guard old.hasSameTimes(as: table) else { return false }
        switch (old.closing, table.closing) {
        case (nil, nil): return true
        case (let closing?, let newClosing?):
            return closing.saysSame(as: newClosing) { answers[$0] == new.answers[$1] }
        case (nil, _?), (_?, nil): return false
        }
    }

    /// Lines that were added, removed or changed.
    func lineChanges(to new: RuleSet) -> [NamedChange] {
        let former = Dictionary(lines.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var changes: [NamedChange] = []
        for line in new.lines {
            guard let old = former[line.number] else {
                changes.append((line.title, "new"))
                continue
            }
            var words: [String] = []
            if old.name != line.name { words.append("was named \(old.title)") }
            if old.group != line.group {
                words.append("group \(line.group ?? "none") instead of \(old.group ?? "none")")
            }
            let hours = (old.hours.map { self.hours[$0].name }, line.hours.map { new.hours[$0].name })
            if hours.0 != hours.1 { words.append("hours \(hours.1 ?? "none") instead of \(hours.0 ?? "none")") }
            if old.zone != line.zone { words.append("time zone \(line.zone.name) instead of \(old.zone.name)") }
            if old.assistantID != line.assistantID { words.append("another assistant") }
            if old.language != line.language {
                words.append("language \(line.language ?? "none") instead of \(old.language ?? "none")")
            } else if old.region != line.region {
                words.append("language as in \(line.region ?? "no country") instead of \(old.region ?? "no country")")
            }
            if old.facts != line.facts { words.append("other facts") }
            if !words.isEmpty { changes.append((line.title, words.joined(separator: ", "))) }
        }
        let numbers = Set(new.lines.map(\.number))
        return changes + lines.filter { !numbers.contains($0.number) }.map { ($0.title, "removed") }
    }

    /// What belongs to no rule, named answer, table or line.
    func otherChanges(to new: RuleSet) -> [NamedChange] {
        var changes: [NamedChange] = []
        let standard = (answers[otherwise], new.answers[new.otherwise])
        if standard.0 != standard.1, standard.0.name == nil || standard.0.name != standard.1.name {
            changes.append(("otherwise", "\(standard.1.words) instead of \(standard.0.words)"))
        }
        let unknown = (unknownLine.map { answers[$0] }, new.unknownLine.map { new.answers[$0] })
        if unknown.0 != unknown.1 {
            let words = (unknown.0?.words ?? "the rules", unknown.1?.words ?? "the rules")
            changes.append(("unknown_line", words.0 == words.1 ? "changed" : "\(words.1) instead of \(words.0)"))
        }
        if zone != new.zone { changes.append(("timezone", "\(new.zone.name) instead of \(zone.name)")) }
        if tagsAnswers != new.tagsAnswers { changes.append(("tag", new.tagsAnswers ? "on" : "off")) }
        if masksNumbers != new.masksNumbers {
            changes.append(("privacy", new.masksNumbers ? "numbers masked" : "numbers shown in full"))
        }
        if forwarding != new.forwarding { changes.append(("forward", "changed")) }
        return changes
    }

    /// Lists of numbers in files, by their length.
    func listChanges(to new: RuleSet) -> [RulesChange] {
        let (before, after) = (lists, new.lists)
        return Set(before.keys).union(after.keys).sorted().compactMap { file in
            RulesChange(
                file: file, was: before[file]?.count, now: after[file]?.count, of: "number",
                isSame: before[file] == after[file])
        }
    }

    /// The lists of callers that rules name, by file.
    package var lists: [String: CallerEntries] {
        rules.reduce(into: [:]) { lists, rule in lists.merge(rule.condition.callerSets.lists) { first, _ in first } }
    }
}

extension RulesChange {
    /// A file by its number of entries; `nil` where nothing changed.
    ///
    /// Losing more than half of them looks like a mistake.
    package init?(file: String, was: Int?, now: Int?, of noun: String, isSame: Bool) {
        switch (was, now) {
        case (nil, nil): return nil
        case (nil, let now?): self.init(.file, file, "new, \(CountText.words(now, noun))")
        case (_?, nil): self.init(.file, file, "not named any more")
        case (let was?, let now?):
            guard was != now || !isSame else { return nil }
            let isLoss = was > 0 && now * 2 < was
            let words = was == now ? "\(CountText.words(now, noun)), changed" : "\(was) → \(CountText.words(now, noun))"
            self.init(.file, file, words + (isLoss ? ", lost more than half" : ""), isAlert: isLoss)
        }
    }
}

extension RuleSet {
    /// Whether any rule divides its calls.
    package var hasSplits: Bool {
        rules.contains { rule in
            if case .split = rule.outcome { true } else { false }
        }
    }
}
