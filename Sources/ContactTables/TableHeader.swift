// SPDX-License-Identifier: Apache-2.0

import Calls

/// What the columns of a table are for.
struct TableHeader {
    /// The columns with phone numbers.
    let numbers: [Int]
    private let names: [String]
    private let attributes: [(name: String, columns: [Int])]
    private(set) var problems: [ColumnProblem] = []

    /// Reads the first row; `columns` names columns, or leaves them to be found.
    init(_ header: [String], _ columns: ContactColumns, _ likely: LikelyNumbers) throws(ContactTableError.Kind) {
        let names = header.map(\.cellText)
        var found = ColumnFinder(names, likely)
        numbers = try found.numbers(columns)
        self.names = names
        attributes = found.attributes(columns, numbers: numbers)
        problems = found.problems
    }

    var columnCount: Int { names.count }
    var numberNames: [String] { numbers.map { names[$0] } }
    var attributeNames: [String] { attributes.map(\.name) }

    /// The contact of a row; cells of several columns are joined by a space.
    func contact(_ cells: [String]) -> Contact {
        var values: [String: String] = [:]
        for (name, columns) in attributes {
            let texts = columns.compactMap { $0 < cells.count ? cells[$0].cellText : nil }.filter { !$0.isEmpty }
            if !texts.isEmpty, values[name] == nil { values[name] = texts.joined(separator: " ") }
        }
        return Contact(attributes: values)
    }
}

extension String {
    /// The text of a cell: without spaces around, and without the marks of a formula such as `="x"`.
    var cellText: String {
        let text = trimmed
        guard text.hasPrefix("=\""), text.hasSuffix("\""), text.count > 2 else { return String(text) }
        return String(text.dropFirst(2).dropLast().trimmed)
    }
}

/// Finds columns by the names that a file gives them, and notes what is doubtful.
private struct ColumnFinder {
    private let names: [String]
    private let places: [String: [Int]]
    private let likely: LikelyNumbers
    private(set) var problems: [ColumnProblem] = []

    init(_ names: [String], _ likely: LikelyNumbers) {
        self.names = names
        self.likely = likely
        var places: [String: [Int]] = [:]
        for (index, name) in names.enumerated() where !name.isEmpty {
            places[Contact.key(name), default: []].append(index)
        }
        self.places = places
        for (_, indices) in places.sorted(by: { $0.value[0] < $1.value[0] }) where indices.count > 1 {
            problems.append(.repeated(names[indices[0]]))
        }
    }

    mutating func numbers(_ columns: ContactColumns) throws(ContactTableError.Kind) -> [Int] {
        guard columns.numbers.isEmpty else {
            let named = columns.numbers.flatMap { indices(of: $0) }
            if named.isEmpty { throw .noSuchColumns(columns.numbers, nearest: nearest(to: columns.numbers)) }
            return named
        }
        let phones = names.indices.filter { PhoneColumn.isOne(names[$0]) }
        let plain = names.indices.filter { PhoneColumn.mayBeOne(names[$0]) }
        if !phones.isEmpty, !plain.isEmpty { problems.append(.ambiguous((plain + phones).sorted().map { names[$0] })) }
        let found = (plain + phones).sorted()
        let unread = names.indices.filter { !found.contains($0) && !PhoneColumn.isOfOthers(names[$0]) }
        if found.isEmpty {
            if names.contains(where: likely.isNumber) { throw .noHeader }
            throw .noNumberColumn(likely: unread.filter(likely.isColumn).map { names[$0] })
        }
        let missed = unread.filter(likely.isColumn).map { names[$0] }
        if !missed.isEmpty { problems.append(.unread(missed)) }
        return found
    }

    mutating func attributes(_ columns: ContactColumns, numbers: [Int]) -> [(name: String, columns: [Int])] {
        var attributes: [(name: String, columns: [Int])] = []
        var taken: Set<String> = []
        for attribute in columns.attributes {
            let indices = attribute.columns.flatMap { self.indices(of: $0) }
            if !indices.isEmpty, taken.insert(Contact.key(attribute.name)).inserted {
                attributes.append((attribute.name, indices))
            }
        }
        for (index, name) in names.enumerated() where !name.isEmpty {
            // A column that is called number holds nothing else; a phone column may also be shown or compared.
            if numbers.contains(index), PhoneColumn.mayBeOne(name) { continue }
            if taken.insert(Contact.key(name)).inserted {
                attributes.append((name, places[Contact.key(name)] ?? [index]))
            }
        }
        return attributes.map { ($0.name, $0.columns) }
    }

    private func nearest(to wanted: [String]) -> String? {
        wanted.lazy.compactMap { NearMiss.word(nearest: $0, among: names.filter { !$0.isEmpty }) }.first
    }

    /// The columns of a name; notes a name that no column has.
    private mutating func indices(of name: String) -> [Int] {
        if let indices = places[Contact.key(name.trimmed)] { return indices }
        problems.append(.missing(name, nearest: NearMiss.word(nearest: name, among: names.filter { !$0.isEmpty })))
        return []
    }
}
