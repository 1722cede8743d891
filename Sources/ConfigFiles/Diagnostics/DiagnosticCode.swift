// SPDX-License-Identifier: Apache-2.0

extension Diagnostic {
    /// The kind of a diagnostic, for programs: it stays the same when the wording changes.
    ///
    /// `docs/rules.md` lists them.
    package enum Code: String, CaseIterable, Sendable {
        // The file as a whole.
        case fileTooLarge = "file-too-large"
        case notUTF8 = "not-utf8"
        case emptyFile = "empty-file"
        case yamlSyntax = "yaml-syntax"
        case yamlTag = "yaml-tag"
        case tooDeep = "too-deep"
        case tooManyValues = "too-many-values"
        case unsupportedVersion = "unsupported-version"
        case unreadableFile = "unreadable-file"
        case nestedInclude = "nested-include"

        // Keys.
        case duplicateKey = "duplicate-key"
        case keyNotString = "key-not-string"
        case unknownKey = "unknown-key"
        case unsupportedKey = "unsupported-key"
        case missingKey = "missing-key"
        case conflictingKeys = "conflicting-keys"
        case noEffect = "no-effect"

        // Values.
        case wrongType = "wrong-type"
        case emptyValue = "empty-value"
        case outOfRange = "out-of-range"
        case unknownWord = "unknown-word"
        case invalidAddress = "invalid-address"
        case invalidCode = "invalid-code"
        case unknownCode = "unknown-code"
        case invalidDate = "invalid-date"
        case invalidDay = "invalid-day"
        case invalidDuration = "invalid-duration"
        case invalidPath = "invalid-path"
        case invalidSize = "invalid-size"
        case invalidTimestamp = "invalid-timestamp"
        case invalidURL = "invalid-url"
        case invalidWindow = "invalid-window"
        case reversedSpan = "reversed-span"
        case unknownTimeZone = "unknown-time-zone"

        // Phone numbers.
        case notANumber = "not-a-number"
        case notAPrefix = "not-a-prefix"
        case noSuchNumber = "no-such-number"
        case ambiguousNumber = "ambiguous-number"
        case unquotedNumber = "unquoted-number"

        // Names and what they refer to.
        case duplicateName = "duplicate-name"
        case duplicateLine = "duplicate-line"
        case reservedName = "reserved-name"
        case unknownAnswer = "unknown-answer"
        case unknownGroup = "unknown-group"
        case unknownHolidays = "unknown-holidays"
        case unknownHours = "unknown-hours"
        case unknownLine = "unknown-line"
        case unknownDecider = "unknown-decider"
        case noContacts = "no-contacts"
        case unknownFact = "unknown-fact"

        // Hours.
        case calendarEvent = "calendar-event"
        case datesOver = "dates-over"
        case fixedOffset = "fixed-offset"
        case lastMinute = "last-minute"
        case longWindow = "long-window"
        case neverOpens = "never-opens"
        case noClosedAnswer = "no-closed-answer"
        case mixedLanguages = "mixed-languages"
        case noLanguage = "no-language"
        case noTimeZone = "no-time-zone"
        case overlap
        case unusedHours = "unused-hours"
        case wholeDay = "whole-day"

        // Rules.
        case countsCutShort = "counts-cut-short"
        case movedCallers = "moved-callers"
        case neverHolds = "never-holds"
        case neverReached = "never-reached"
        case noWeight = "no-weight"

        // Answers.
        case incompleteBlock = "incomplete-block"
        case invalidAnswer = "invalid-answer"
        case invalidJSON = "invalid-json"
        case invalidPhrase = "invalid-phrase"
        case mayBeEmpty = "may-be-empty"
        case nestedAsk = "nested-ask"
        case nestedPhrase = "nested-phrase"
        case nestedPlaceholder = "nested-placeholder"
        case ownKey = "own-key"
        case longTimeout = "long-timeout"
        case shortCall = "short-call"
        case unfilledPlaceholder = "unfilled-placeholder"
        case unknownFilter = "unknown-filter"
        case unknownLanguage = "unknown-language"
        case unknownModel = "unknown-model"
        case unknownPlaceholder = "unknown-placeholder"
        case unknownProvider = "unknown-provider"
        case unknownSetting = "unknown-setting"
        case unusedAnswer = "unused-answer"
        case unusedText = "unused-text"

        // Traps of YAML.
        case commentInText = "comment-in-text"
        case oddCharacter = "odd-character"
        case oldYAML = "old-yaml"
        case sentAsNumber = "sent-as-number"

        // Secrets.
        case oddSecret = "odd-secret"
        case possibleSecret = "possible-secret"
        case secretInFile = "secret-in-file"
        case tlsFile = "tls-file"
        case trustsStrangers = "trusts-strangers"
        case unsigned

        // Contacts.
        case contactColumn = "contact-column"
        case contactRow = "contact-row"
        case contactSource = "contact-source"
        case missingFallback = "missing-fallback"
        case unavailableContact = "unavailable-contact"
        case unknownAttribute = "unknown-attribute"

        // Settings of the dashboard.
        case badFilter = "bad-filter"
        case keyClash = "key-clash"
        case unknownCommand = "unknown-command"
        case unknownKeyName = "unknown-key-name"

        // Themes.
        case invalidAttribute = "invalid-attribute"
        case invalidColor = "invalid-color"
        case invalidGlyph = "invalid-glyph"
        case lowContrast = "low-contrast"
        case sameLook = "same-look"
        case themeCycle = "theme-cycle"
        case unknownColor = "unknown-color"
        case unknownRole = "unknown-role"
        case unknownTheme = "unknown-theme"

        /// Findings that an included file which cannot be read may cause.
        static let dependingOnIncludes: Set<Code> = [
            .unknownAnswer, .unknownHours, .unknownHolidays, .unknownLine, .unknownGroup, .unknownFact, .unknownDecider,
            .unknownPlaceholder, .unusedHours,
        ]
    }
}
