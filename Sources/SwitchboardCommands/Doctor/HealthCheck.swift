// SPDX-License-Identifier: Apache-2.0

import Calls
import Foundation
import JSON

/// What one check of `doctor` found.
struct HealthCheck: Equatable, Sendable {
    enum Outcome: String, Sendable {
        case ok
        /// It works, and may not for long or not for everybody.
        case warning
        case failure
        /// There was nothing to look at.
        case skipped
    }

    /// What was looked at, in one word.
    let name: String
    let outcome: Outcome
    /// What was found.
    let words: String
    /// What to do; empty for nothing.
    let advice: String

    private init(_ name: String, _ outcome: Outcome, _ words: String, _ advice: String = "") {
        self.name = name
        self.outcome = outcome
        // The advice follows after a colon.
        self.words = words.hasSuffix(".") ? String(words.dropLast()) : words
        self.advice = advice
    }

    static func ok(_ name: String, _ words: String) -> HealthCheck {
        HealthCheck(name, .ok, words)
    }

    static func skipped(_ name: String, _ words: String) -> HealthCheck {
        HealthCheck(name, .skipped, words)
    }

    static func warning(_ name: String, _ words: String, do advice: String) -> HealthCheck {
        HealthCheck(name, .warning, words, advice)
    }

    static func failure(_ name: String, _ words: String, do advice: String) -> HealthCheck {
        HealthCheck(name, .failure, words, advice)
    }
}

/// All that `doctor` found.
struct HealthReport {
    let checks: [HealthCheck]
    let redaction: Redaction

    /// 0 if all is well, 1 with warnings, 2 with failures.
    var exitCode: Int32 {
        checks.contains { $0.outcome == .failure } ? 2 : checks.contains { $0.outcome == .warning } ? 1 : 0
    }

    /// A line for each check.
    var lines: [String] {
        checks.map { check in
            let mark =
                switch check.outcome {
                case .ok: "ok  "
                case .warning: "WARN"
                case .failure: "FAIL"
                case .skipped: "skip"
                }
            let advice = check.advice.isEmpty ? "" : ": \(check.advice)"
            let name = check.name.padding(toLength: 11, withPad: " ", startingAt: 0)
            return "\(mark) \(name) " + redaction.applied(to: "\(check.words)\(advice)")
        }
    }

    var summary: String {
        let counts = [("failure", HealthCheck.Outcome.failure), ("warning", .warning)].map { noun, outcome in
            CountText.words(checks.count { $0.outcome == outcome }, noun)
        }
        return "\(checks.count) checks, \(counts.joined(separator: ", "))"
    }

    var document: JSONValue {
        let items = checks.map { check in
            JSONValue.object([
                .init("check", .string(check.name)), .init("outcome", .string(check.outcome.rawValue)),
                .init("message", .string(redaction.applied(to: check.words))),
                .init("advice", check.advice.isEmpty ? .null : .string(redaction.applied(to: check.advice))),
            ])
        }
        return .object([
            .init("version", .string(Version.text)), .init("ok", .bool(exitCode == 0)), .init("checks", .array(items)),
        ])
    }
}

/// Takes out of a report what does not belong into a public bug report: home folders, users, hosts, telephone
/// numbers, and what follows the path of an address.
struct Redaction: Sendable {
    /// What is replaced by what, the longest first.
    private let replacements: [(text: String, by: String)]

    /// `query` is that of an address, which may hold a password.
    init(home: String, user: String, hosts: [String], query: String = "") {
        var replacements = hosts.filter { $0.count > 2 }.map { ($0, "HOST") }
        if query.count > 1 { replacements.append((query, "")) }
        if home.count > 1 { replacements.append((home, "~")) }
        if user.count > 1, user != "root" { replacements.append(("/\(user)/", "/USER/")) }
        self.replacements = replacements.sorted { $0.0.count > $1.0.count }
    }

    func applied(to text: String) -> String {
        var text = text
        for (part, by) in replacements { text = text.replacingOccurrences(of: part, with: by) }
        return Self.withoutNumbers(text)
    }

    /// A plus sign and seven digits or more is a telephone number.
    private static func withoutNumbers(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let plus = rest.firstIndex(of: "+") {
            let digits = rest[rest.index(after: plus)...].prefix { $0.isASCII && $0.isNumber }
            result += rest[...plus]
            result += digits.count >= 7 ? "NUMBER" : digits
            rest = rest[digits.endIndex...]
        }
        return result + rest
    }
}
