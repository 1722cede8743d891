// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// Reads the sections of a rules file one after another and collects what is wrong with them.
struct RulesReader {
    var findings: Diagnostics
    let revision: String
    let zones: (String) -> Zone?
    /// Reads a file that the rules file names.
    let files: (String) -> FileReading
    let plan: any NumberingPlan
    /// The country in which national spellings of numbers are read, in files beside this one.
    var country: String?
    /// How long an answer may take.
    var answerWithin = ServerSettings().answerWithin
    /// Whether any source knows who calls.
    var hasContacts = false

    /// Every answer so far; sections refer to them by index.
    var answers: [RuleSet.NamedAnswer] = []
    var answersByName: [String: Int] = [:]
    /// Where the answer `default` lies, once something uses it.
    var standardAnswer: Int?
    var hours: [HoursTable] = []
    var hoursByName: [String: Int] = [:]
    /// Where named hours stand, and which of them something follows.
    var hoursPlaces: [(index: Int, position: SourcePosition)] = []
    var usedHours: Set<Int> = []
    var hoursAreMisspelled = false
    var lines: [PhoneLine] = []
    var linesByNumber: [PhoneNumber: Int] = [:]
    var groups: Set<String> = []
    /// Zones that were asked for already: each costs the system some thousand look-ups.
    private var zonesByName: [String: Zone] = [:]

    init(
        findings: Diagnostics, revision: String, zones: @escaping (String) -> Zone?,
        files: @escaping (String) -> FileReading, plan: any NumberingPlan
    ) {
        self.findings = findings
        self.revision = revision
        self.zones = zones
        self.files = files
        self.plan = plan
    }

    private static let sections = [
        "version", "timezone", "country", "server", "lines", "unknown_line", "hours", "answers", "contacts", "rules",
        "otherwise", "tag_answers", "forward", "tests",
    ]
    private static let later: Set<String> = ["privacy", "journal"]

    /// Reads the whole file; what it returns counts only when no finding is an error.
    mutating func file(_ root: YAMLNode) -> RulesFile? {
        guard let fields = findings.fields(root, of: "the rules file", known: Self.sections, later: Self.later) else {
            return nil
        }
        checkVersion(fields)
        let zone = fields["timezone"].flatMap { readZone($0) } ?? .utc
        let server = fields["server"].map { readServer($0) } ?? ServerSettings()
        answerWithin = server.answerWithin
        country = fields["country"].flatMap { readCode($0, of: "country", like: "NL") }?.uppercased()
        hasContacts = fields["contacts"] != nil
        let contacts = fields["contacts"].map { readContacts($0) } ?? []
        if let node = fields["answers"] { readAnswers(node) }
        if let node = fields["hours"] { readHours(node) }
        if let node = fields["lines"] { readLines(node, zone: zone) }
        let unknownLine = fields["unknown_line"].flatMap { readAnswer($0) }
        let rules = fields["rules"].map { readRules($0) } ?? []
        checkUnusedHours()
        let otherwise = fields["otherwise"].flatMap { readAnswer($0) } ?? standard()
        let forwarding = fields["forward"].map { readForwarding($0) } ?? .none
        let tagsAnswers = fields["tag_answers"].flatMap { findings.flag($0, of: "`tag_answers`") } ?? true
        if fields["timezone"] == nil, let clock = fields.entry("hours") {
            findings.warning(
                "no `timezone` is set, so hours follow UTC; add one, such as timezone: Europe/Amsterdam",
                at: clock.keyPosition)
        }
        let book = RuleSet(
            revision: revision, zone: zone, lines: lines, unknownLine: unknownLine, hours: hours, answers: answers,
            rules: rules, otherwise: otherwise, tagsAnswers: tagsAnswers, forwarding: forwarding)
        let cases = fields["tests"].map { readCases($0) } ?? []
        return RulesFile(rules: book, server: server, contacts: contacts, country: country, cases: cases)
    }

    private mutating func checkVersion(_ fields: MappingReader) {
        guard let node = fields["version"] else {
            findings.error("`version` is missing; begin the file with version: 1", at: .start)
            return
        }
        if YAMLScalar(node) != .number("1") {
            findings.error(
                "`version` must be 1, the only one there is, but \(node.described) stands here", at: node.position)
        }
    }

    /// Reads the name of a time zone.
    mutating func readZone(_ node: YAMLNode) -> Zone? {
        guard let name = findings.text(node, of: "`timezone`") else { return nil }
        if let zone = zonesByName[name] ?? zones(name) {
            zonesByName[name] = zone
            return zone
        }
        findings.error(
            "the time zone `\(name)` is not known; write an IANA name such as Europe/Amsterdam", at: node.position)
        return nil
    }
}

extension MappingReader {
    /// Returns the value of a key that must be there, or reports that it is missing.
    func required(_ key: String, of what: String, _ findings: inout Diagnostics) -> YAMLNode? {
        if let node = self[key] { return node }
        findings.error("\(what) needs the key `\(key)`", at: position)
        return nil
    }
}
