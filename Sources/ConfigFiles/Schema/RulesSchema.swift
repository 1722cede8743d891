// SPDX-License-Identifier: Apache-2.0

/// The JSON Schema of the rules file, with which editors complete and check its keys.
///
/// `docs/switchboard.schema.json` is embedded in the program, so that using it needs no network.
package enum RulesSchema {
    /// Its file name, in the folder of the rules file.
    package static let fileName = "switchboard.schema.json"

    /// The document as it is written to a file.
    package static var bytes: [UInt8] { PackageResources.switchboard_schema_json }

    /// The keys that the reader knows in one mapping of the rules file.
    package struct Level: Sendable {
        /// A JSON pointer to the mapping in the schema.
        package let pointer: String
        package let keys: [String]
        /// Keys of a later version, which the schema lists and the reader reports.
        package let planned: [String]

        fileprivate init<Target>(_ pointer: String, _ table: KeyTable<Target>) {
            self.pointer = pointer
            keys = table.names
            planned = table.planned
        }
    }

    /// Every mapping with fixed keys.
    package static var levels: [Level] {
        [
            Level("", RulesReader.sections),
            Level("/$defs/server", RulesReader.serverKeys),
            Level("/$defs/server/properties/keep", RulesReader.keepKeys),
            Level("/$defs/server/properties/probe", RulesReader.probeKeys),
            Level("/$defs/server/properties/tls", RulesReader.tlsKeys),
            Level("/$defs/server/properties/journal/anyOf/1", RulesReader.journalKeys),
            Level("/$defs/server/properties/control", RulesReader.controlKeys),
            Level("/$defs/shared", RulesReader.sharedKeys),
            Level("/$defs/shared/properties/replica/anyOf/1", RulesReader.replicaKeys),
            Level("/$defs/secret", RulesReader.secretKeys),
            Level("/$defs/line", RulesReader.lineKeys),
            Level("/$defs/version", RulesReader.versionKeys),
            Level("/$defs/hours", RulesReader.hoursKeys),
            Level("/$defs/closing", RulesReader.closingKeys),
            Level("/$defs/closingChoice", RulesReader.closingChoiceKeys),
            Level("/$defs/holidayList", RulesReader.holidayKeys),
            Level("/$defs/answerBlock", RulesReader.answerKeys),
            Level("/$defs/ask", RulesReader.askKeys),
            Level("/$defs/contactSource", RulesReader.sourceKeys),
            Level("/properties/contacts/anyOf/1", RulesReader.contactsKeys),
            Level("/$defs/contactSource/properties/csv/anyOf/1", RulesReader.tableKeys),
            Level("/$defs/headerSecret", RulesReader.headerKeys),
            Level("/$defs/contactSource/properties/sqlite", RulesReader.databaseKeys),
            Level("/$defs/contactSource/properties/http", RulesReader.contactServerKeys),
            Level("/$defs/forward", RulesReader.forwardingKeys),
            Level("/$defs/backEnd", RulesReader.upstreamKeys),
            Level("/$defs/rule", RulesReader.ruleKeys),
            Level("/$defs/split", RulesReader.splitKeys),
            Level("/$defs/split/properties/arms/items", RulesReader.armKeys),
            Level("/$defs/condition", RulesReader.conditionKeys),
            Level("/$defs/caller/anyOf/2", RulesReader.callerKeys),
            Level(
                "/$defs/condition/properties/contact/anyOf/1/additionalProperties/anyOf/2", RulesReader.attributeKeys),
            Level("/$defs/condition/properties/line/anyOf/2/additionalProperties/anyOf/2", RulesReader.attributeKeys),
            Level("/$defs/condition/properties/during/anyOf/2", RulesReader.duringKeys),
            Level("/$defs/condition/properties/seen_before", RulesReader.seenKeys),
            Level("/properties/privacy", RulesReader.privacyKeys),
            Level("/$defs/limit", RulesReader.limitKeys),
            Level("/$defs/callerLimit", RulesReader.callerLimitKeys),
            Level("/$defs/liveLimit", RulesReader.liveLimitKeys),
            Level("/$defs/case", RulesReader.caseKeys),
            Level("/$defs/case/properties/call", RulesReader.callKeys),
            Level("/$defs/case/properties/with", RulesReader.circumstanceKeys),
            Level("/$defs/earlierCalls/anyOf/1", RulesReader.spreadKeys),
            Level("/$defs/override", RulesReader.overrideKeys),
            Level("/$defs/case/properties/expect", RulesReader.expectationKeys),
        ]
    }
}
