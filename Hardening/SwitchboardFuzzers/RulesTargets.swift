// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import PhoneNumbers
import Rules
import Screen
import TimeZones

/// Rules files, the files that they name, and themes: whatever they hold, there is a result, and findings are clean text.
enum RulesTargets {
    private static let plan = WorldNumberingPlan()

    static func rules(_ bytes: [UInt8]) {
        // The file includes itself at worst; reading stops at some depth.
        show(read(bytes) { _ in .bytes(bytes) }, bytes)
    }

    /// The input as a list of callers.
    static func list(_ bytes: [UInt8]) {
        let file = """
            version: 1
            country: NL
            rules: [{ name: a, when: { caller: { in: list.txt } }, answer: { reject: No. } }]
            """
        show(read(Array(file.utf8)) { $0.hasSuffix("list.txt") ? .bytes(bytes) : .unreadable("none") }, bytes)
    }

    /// The input as a calendar of closed days.
    static func calendar(_ bytes: [UInt8]) {
        let file = """
            version: 1
            holidays: { days: { ics: days.ics } }
            hours: { office: { weekly: { mon: ["09:00-17:00"] }, holidays: days, closed: { reject: No. } } }
            """
        show(read(Array(file.utf8)) { $0.hasSuffix("days.ics") ? .bytes(bytes) : .unreadable("none") }, bytes)
    }

    static func theme(_ bytes: [UInt8]) {
        let library = ThemeLibrary(folders: ["/themes"]) { $0.hasSuffix("tried.yaml") ? bytes : nil }
        let loaded = library.load("tried")
        for role in Role.allCases {
            for depth in ColorDepth.allCases { _ = loaded.theme.style(for: role, depth: depth) }
        }
        show(loaded.findings, String(decoding: bytes, as: UTF8.self))
    }

    private static func read(_ bytes: [UInt8], files: (String) -> FileReading) -> RulesFile.Outcome {
        RulesFile.read(bytes, name: "rules.yaml", zones: TimeZones.zone, files: files, plan: plan)
    }

    private static func show(_ outcome: RulesFile.Outcome, _ bytes: [UInt8]) {
        require(outcome.file != nil || outcome.hasErrors, "a file cannot be used, and nothing says why")
        show(outcome.findings, String(decoding: bytes, as: UTF8.self), outcome.included)
    }

    private static func show(_ findings: [Diagnostic], _ text: String, _ included: [String: String] = [:]) {
        let shown = Diagnostic.rendered(findings, source: text, included: included)
        for scalar in shown.unicodeScalars {
            require(
                scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control,
                "a finding has a control character")
        }
    }
}
