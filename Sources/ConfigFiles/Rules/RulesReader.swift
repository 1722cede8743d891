// SPDX-License-Identifier: Apache-2.0

import Calls
import DryRuns
import Rules

/// Reads the sections of a rules file one after another and collects the findings.
struct RulesReader {
    var findings: Diagnostics
    private let revision: String
    private let zones: (String) -> Zone?
    /// Reads a file that the rules file names.
    let files: (String) -> FileReading
    let plan: any NumberingPlan
    /// The country for national spellings of numbers in CSV and list files.
    private(set) var country: String?
    /// What else callers send in place of a withheld number.
    private(set) var withheldWords: [String] = []
    /// How long an answer may take.
    private(set) var answerWithin = ServerSettings().answerWithin
    /// Whether the file has contact sources.
    private(set) var hasContacts = false

    /// Every answer so far; sections refer to them by index.
    var answers: [RuleSet.NamedAnswer] = []
    var answersByName: [String: Int] = [:]
    /// The index of the answer `default`, once something uses it.
    var standardAnswer: Int?
    /// The named answers that something uses.
    var usedAnswers: Set<Int> = []
    var texts = TextDraft()
    var hours: [HoursTable] = []
    var hoursByName: [String: Int] = [:]
    /// Where the named hours are, and which of them are used.
    var hoursPositions: [(index: Int, position: SourcePosition)] = []
    var usedHours: Set<Int> = []
    var hoursAreMisspelled = false
    /// Lists of holidays by name; `nil` for one with errors, so that references to it are not reported too.
    var holidays: [String: DatedWindows?] = [:]
    var holidayPositions: [(name: String, position: SourcePosition)] = []
    var usedHolidays: Set<String> = []
    /// Where the webhook secrets are named.
    var secretPositions: [SourcePosition] = []
    /// Where the files of `tls` are named, by their keys.
    var tlsPositions: [String: SourcePosition] = [:]
    /// Lists of dates that may be over some day.
    var datedLists: [DatedList] = []
    /// The languages of answers outside hours, with the index of the hours.
    var closingLanguages: [(hours: Int, language: String, position: SourcePosition)] = []
    /// Texts whose words depend on the line.
    var lineTexts = LineTexts()
    /// Placeholders that need a language and have no fallback.
    var spokenMoments: [(placeholder: MomentPlaceholder, position: SourcePosition)] = []
    var lines: [PhoneLine] = []
    /// The clock of moments in cases, and the deciders that they can name.
    var caseClock = LocalClock.fixed(0)
    var deciders = DeciderNames(rules: [], lines: [], groups: [], hours: [])
    var linesByNumber: [PhoneNumber: Int] = [:]
    var groups: Set<String> = []
    /// Where the file names attributes of contacts, and what depends on them.
    var contactUses = ContactUses()
    /// What looks back at earlier calls.
    var lookingBack = LookingBack()
    /// Zones that were looked up already: each costs the system a thousand calls.
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

    /// The sections of a file, while they are read.
    struct Sections {
        fileprivate var zone = Zone.utc
        fileprivate var server = ServerSettings()
        fileprivate var contacts: [ContactSource] = []
        fileprivate var contactsAreJoined = false
        fileprivate var unknownLine: Int?
        fileprivate var noNumber: Int?
        fileprivate var rules: [Rule] = []
        fileprivate var otherwise: Int?
        fileprivate var forwarding = Forwarding.none
        fileprivate var tagsAnswers = true
        fileprivate var masksNumbers = false
        fileprivate var cases: [RuleCase] = []
    }

    /// In the order in which they are read: each may refer to those before it.
    static let sections = KeyTable<Sections>(
        [
            "version": { reader, entry, _ in reader.checkVersion(entry.value) },
            "timezone": { reader, entry, sections in sections.zone = reader.readZone(entry.value) ?? .utc },
            "country": { reader, entry, _ in
                reader.country = reader.readCountry(entry.value)
            },
            "server": { reader, entry, sections in
                sections.server = reader.readServer(entry.value)
                reader.answerWithin = sections.server.answerWithin
            },
            "shared": { reader, entry, sections in sections.server.shared = reader.readShared(entry.value) },
            "contacts": { reader, entry, sections in
                (sections.contacts, sections.contactsAreJoined) = reader.readContacts(entry.value)
            },
            "vars": { reader, entry, _ in reader.readVariables(entry.value) },
            "answers": { reader, entry, _ in reader.readAnswers(entry.value) },
            "holidays": { reader, entry, _ in reader.readHolidays(entry.value) },
            "hours": { reader, entry, _ in reader.readHours(entry.value) },
            "lines": { reader, entry, sections in reader.readLines(entry.value, zone: sections.zone) },
            "phrases": { reader, entry, _ in reader.readPhrases(entry.value) },
            "unknown_line": { reader, entry, sections in sections.unknownLine = reader.readFinalAnswer(entry.value) },
            "no_number": { reader, entry, sections in sections.noNumber = reader.readFinalAnswer(entry.value) },
            "withheld_words": { reader, entry, _ in
                reader.withheldWords = reader.readEach(entry) { $0.readWithheldWord($1) } ?? []
            },
            "rules": { reader, entry, sections in sections.rules = reader.readRules(entry.value) },
            "otherwise": { reader, entry, sections in sections.otherwise = reader.readFinalAnswer(entry.value) },
            "tag_answers": { reader, entry, sections in
                sections.tagsAnswers = reader.findings.flag(entry.value, of: "`tag_answers`") ?? true
            },
            "forward": { reader, entry, sections in sections.forwarding = reader.readForwarding(entry.value) },
            "tests": { reader, entry, sections in
                sections.cases = reader.readCases(entry.value, zone: sections.zone, rules: sections.rules)
            },
            "privacy": { reader, entry, sections in
                reader.read(entry.value, of: "`privacy`", privacyKeys, into: &sections)
            },
            "include": { _, _, _ in },
        ], passesExtensions: true)

    static let privacyKeys = KeyTable<Sections>([
        "mask_numbers": { reader, entry, sections in
            sections.masksNumbers = reader.findings.flag(entry.value, of: "`mask_numbers`") ?? true
        }
    ])

    /// Reads the whole file; the result counts only when no finding is an error.
    mutating func file(_ root: YAMLNode) -> RulesFile? {
        guard let fields = fields(root, of: "the rules file", Self.sections) else { return nil }
        if fields["version"] == nil {
            findings.error(.missingKey, "`version` is missing; begin the file with version: 1", at: .start)
        }
        hasContacts =
            fields["contacts"] != nil
            || ["answers", "rules"].contains { fields[$0].map(Self.asksForFacts) ?? false }
        gatherNames(fields)
        var sections = Sections()
        for name in Self.sections.names {
            if let entry = fields.entry(name) { read(entry, Self.sections, into: &sections) }
        }
        checkUnusedHours()
        checkSpokenTexts()
        if !findings.hasErrors {
            checkUnusedTexts(fields)
            checkUnusedAnswers(fields)
        }
        checkClosingLanguages()
        checkSpokenMoments()
        if fields["timezone"] == nil, let clock = fields.entry("hours") {
            findings.warning(
                .noTimeZone, "hours follow UTC because no `timezone` is set; add one, such as Europe/Amsterdam",
                at: clock.keyPosition)
        }
        let otherwise = sections.otherwise ?? standard()
        let rules = RuleSet(
            revision: revision, zone: sections.zone, lines: lines, unknownLine: sections.unknownLine, hours: hours,
            answers: answers, rules: sections.rules, otherwise: otherwise,
            tagsAnswers: sections.tagsAnswers, forwarding: sections.forwarding, phrases: texts.phrases,
            noNumber: sections.noNumber, country: country, withheldWords: withheldWords,
            masksNumbers: sections.masksNumbers)
        checkContacts(rules, sections.contacts, otherwise: fields["otherwise"]?.position)
        checkLookingBack(sections.server.journal)
        if !findings.hasErrors { checkLineTexts(rules) }
        return RulesFile(
            rules: rules, server: sections.server, contacts: sections.contacts,
            contactsAreJoined: sections.contactsAreJoined, contactUses: contactUses.names, country: country,
            cases: sections.cases,
            rulePositions: Dictionary(
                zip(rules.rules.map(\.name), contactUses.rulePositions), uniquingKeysWith: { first, _ in first }),
            datedLists: datedLists, secretPositions: secretPositions, tlsPositions: tlsPositions, files: findings.files)
    }

    private mutating func checkVersion(_ node: YAMLNode) {
        if YAMLScalar(node) == .number("1") { return }
        findings.error(.unsupportedVersion, "`version` must be 1, found \(node.described)", at: node.position)
    }

    /// Reads the name of a time zone.
    mutating func readZone(_ node: YAMLNode) -> Zone? {
        guard let name = findings.text(node, of: "`timezone`") else { return nil }
        if let zone = zonesByName[name] ?? zones(name) {
            zonesByName[name] = zone
            if let doubt = ZoneText.doubt(zone) {
                findings.warning(.fixedOffset, doubt, at: node.position)
            }
            return zone
        }
        findings.error(
            .unknownTimeZone,
            "unknown time zone `\(name)`"
                + (ZoneText.spellings(of: name).first { zones($0) != nil }.map { "; did you mean `\($0)`?" }
                    ?? "; expected an IANA name such as Europe/Amsterdam"),
            at: node.position)
        return nil
    }
}
