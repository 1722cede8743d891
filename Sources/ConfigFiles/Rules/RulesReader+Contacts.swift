// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads `contacts`, the sources that know who calls.
    mutating func readContacts(_ node: YAMLNode) -> [ContactSource] {
        guard let items = node.items else {
            findings.error("`contacts` must be a list of sources, such as - csv: contacts.csv", at: node.position)
            return []
        }
        return items.compactMap { readSource($0) }
    }

    private mutating func readSource(_ node: YAMLNode) -> ContactSource? {
        let kinds = ["csv", "sqlite", "http"]
        guard let fields = findings.fields(node, of: "a contact source", known: kinds) else { return nil }
        guard let entry = fields.entries.first, fields.entries.count == 1 else {
            findings.error("a contact source is one of csv, sqlite and http", at: node.position)
            return nil
        }
        let kind =
            switch entry.key {
            case "csv": readCSV(entry.value)
            case "sqlite": readDatabase(entry.value)
            default: readServerOfContacts(entry.value)
            }
        return kind.map { ContactSource($0, at: entry.value.position) }
    }

    private mutating func readCSV(_ node: YAMLNode) -> ContactSource.Kind? {
        guard let path = findings.text(node, of: "`csv`") else { return nil }
        if case .unreadable(let problem) = files(path) {
            findings.error("`\(path)` cannot be read: \(problem)", at: node.position)
        }
        return .csv(path: path)
    }

    private mutating func readDatabase(_ node: YAMLNode) -> ContactSource.Kind? {
        guard let fields = findings.fields(node, of: "`sqlite`", known: ["file", "query"]) else { return nil }
        let path = fields.required("file", of: "`sqlite`", &findings).flatMap { findings.text($0, of: "`file`") }
        let query = fields.required("query", of: "`sqlite`", &findings).flatMap { findings.text($0, of: "`query`") }
        guard let path, let query else { return nil }
        return .sqlite(path: path, query: query)
    }

    private mutating func readServerOfContacts(_ node: YAMLNode) -> ContactSource.Kind? {
        guard let fields = findings.fields(node, of: "`http`", known: ["url", "timeout", "cache"]) else { return nil }
        let timeout = fields["timeout"].flatMap { readTimeout($0) } ?? .milliseconds(500)
        let cache = fields["cache"].flatMap { readCacheTime($0) } ?? .seconds(300)
        guard let place = fields.required("url", of: "`http`", &findings), let url = readURL(place) else { return nil }
        guard url.contains("{number}") else {
            findings.error(
                "`url` must say where the caller's number goes, such as http://127.0.0.1:9000/contacts/{number}",
                at: place.position)
            return nil
        }
        return .http(url: url, timeout: timeout, cache: cache)
    }

    private mutating func readCacheTime(_ node: YAMLNode) -> Duration? {
        if let text = node.scalarText, let seconds = SpanText.seconds(text), seconds <= 86_400 {
            return .seconds(seconds)
        }
        findings.error(
            "`cache` must be a time such as 30s, 5m or 0s, at most a day, but \(node.described) stands here",
            at: node.position)
        return nil
    }

    /// Reads what a rule asks of the contact: `known`, `unknown`, or tests of attributes that must all pass.
    mutating func readContact(_ node: YAMLNode) -> Condition? {
        if !hasContacts { findings.error("no `contacts` are set, so nobody is known", at: node.position) }
        switch node.scalarText {
        case "known": return .member(ContactKnown(), [true])
        case "unknown": return .member(ContactKnown(), [false])
        case .some, nil: break
        }
        guard let entries = findings.block(node, of: "`contact`") else { return nil }
        if entries.isEmpty {
            findings.error(
                "`contact` is empty; write known, unknown or attributes, such as { tier: vip }", at: node.position)
        }
        let tests = entries.compactMap { readAttribute($0) }
        guard tests.count == entries.count, let first = tests.first else { return nil }
        return tests.count == 1 ? first : .all(tests)
    }

    private mutating func readAttribute(_ entry: YAMLNode.Entry) -> Condition? {
        if entry.value.entries != nil {
            guard let fields = findings.fields(entry.value, of: "`\(entry.key)`", known: ["present"]) else {
                return nil
            }
            return fields.required("present", of: "`\(entry.key)`", &findings)
                .flatMap { findings.flag($0, of: "`present`") }
                .map { .member(ContactAttribute(entry.key), $0 ? .present : .absent) }
        }
        return readEach(entry.value, of: "`\(entry.key)`") { $0.findings.text($1, of: "`\(entry.key)`") }
            .map { values in .member(ContactAttribute(entry.key), .oneOf(Set(values.map { $0.lowercased() }))) }
    }
}
