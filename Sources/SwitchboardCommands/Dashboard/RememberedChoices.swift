// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Files
import Foundation
import JSON
import Synchronization

/// What dashboards remember: a file of its own in the state folder, so that the program never rewrites a file of the operator.
///
/// Each choice is kept with what the settings said at that time. Once the settings say something else, they are newer, and the
/// choice is passed over.
final class RememberedChoices: Sendable {
    /// `nil` without a folder to keep it in.
    private let path: String?
    private let writing = Mutex(())

    init(environment: [String: String]) {
        do {
            path = try StatePath.find(named: nil, environment: environment) + "/dashboard.json"
        } catch {
            path = nil
        }
    }

    /// Lays the remembered choices over the settings of the file.
    func apply(to settings: inout DashboardSettings) {
        let kept = read()
        let now = JSONChoices(settings)
        for (key, entry) in kept where entry.over == now[key] {
            switch key {
            case "theme": if case .string(let name) = entry.value { settings.theme = name }
            case "columns": settings.columns = entry.value.strings
            case "sort":
                if case .string(let column) = entry.value { settings.sort = column } else { settings.sort = nil }
            case "filters":
                if case .object(let members) = entry.value {
                    settings.filters = members.compactMap { member in
                        if case .string(let text) = member.value {
                            SavedFilter(name: member.key, text: text)
                        } else {
                            nil
                        }
                    }
                }
            default: break
            }
        }
    }

    /// Keeps a choice; returns why it could not be kept.
    func keep(_ choice: Remembered, over settings: DashboardSettings) -> String? {
        guard let path else { return "neither XDG_STATE_HOME nor HOME is set" }
        var chosen = settings
        let key: String
        switch choice {
        case .theme(let name): (key, chosen.theme) = ("theme", name)
        case .columns(let columns): (key, chosen.columns) = ("columns", columns)
        case .sort(let column): (key, chosen.sort) = ("sort", column)
        case .filters(let filters): (key, chosen.filters) = ("filters", filters)
        }
        return writing.withLock { _ in
            var kept = read()
            kept[key] = Entry(value: JSONChoices(chosen)[key], over: JSONChoices(settings)[key])
            let document = JSONValue.object(
                kept.sorted { $0.key < $1.key }.map { key, entry in
                    .init(key, .object([.init("value", entry.value), .init("over", entry.over)]))
                })
            do {
                let folder = try Folder.creating(Folder.parent(of: path))
                try folder.replace("dashboard.json", with: Array((document.text + "\n").utf8))
                return nil
            } catch {
                return "\(error)"
            }
        }
    }

    private struct Entry {
        let value: JSONValue
        /// What the settings said.
        let over: JSONValue
    }

    private func read() -> [String: Entry] {
        guard let path, let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20,
            case .object(let members)? = JSONReader.read(Array(data))
        else { return [:] }
        return members.reduce(into: [:]) { kept, member in
            guard let value = member.value["value"], let over = member.value["over"] else { return }
            kept[member.key] = Entry(value: value, over: over)
        }
    }
}

/// The settings that can be remembered, as JSON.
private struct JSONChoices {
    private let values: [String: JSONValue]

    init(_ settings: DashboardSettings) {
        values = [
            "theme": settings.theme.map(JSONValue.string) ?? .null,
            "columns": .array(settings.columns.map(JSONValue.string)),
            "sort": settings.sort.map(JSONValue.string) ?? .null,
            "filters": .object(settings.filters.map { .init($0.name, .string($0.text)) }),
        ]
    }

    subscript(key: String) -> JSONValue { values[key] ?? .null }
}

extension JSONValue {
    fileprivate var strings: [String] {
        guard case .array(let items) = self else { return [] }
        return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}
