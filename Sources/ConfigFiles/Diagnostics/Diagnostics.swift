// SPDX-License-Identifier: Apache-2.0

/// The findings of a file, and of those that it includes, while they are read.
struct Diagnostics {
    /// The names of the files, by `SourcePosition.file`.
    private(set) var files: [String]
    private var list: [Diagnostic] = []

    init(file: String) {
        files = [file]
    }

    /// Adds an included file and returns its number.
    mutating func add(file: String) -> Int {
        files.append(file)
        return files.count - 1
    }

    /// How many errors were found so far.
    private(set) var errorCount = 0
    /// The plain strings that were reported because older YAML reads them differently.
    private var oldReadings: Set<SourcePosition> = []

    var hasErrors: Bool { errorCount > 0 }

    /// All findings in the order of the file, each once, even when an alias leads to it twice.
    ///
    /// A line that one finding must not show is not shown by any.
    var sorted: [Diagnostic] {
        let secret = Set(list.filter { !$0.showsSource }.map(\.position.start))
        var seen: Set<Diagnostic> = []
        let ordered = list.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
        return ordered.map { secret.contains($0.element.position.start) ? $0.element.withoutSource : $0.element }
            .filter { seen.insert($0).inserted }
    }

    mutating func error(
        _ code: Diagnostic.Code, _ message: String, at position: SourcePosition, showsSource: Bool = true
    ) {
        errorCount += 1
        list.append(
            Diagnostic(.error, code, file: files[position.file], at: position, message, showsSource: showsSource))
    }

    /// Reports an error that does not keep the rest of the file from being used.
    mutating func unavailable(_ code: Diagnostic.Code, _ message: String, at position: SourcePosition) {
        list.append(Diagnostic(.error, code, file: files[position.file], at: position, message, showsSource: true))
    }

    mutating func warning(
        _ code: Diagnostic.Code, _ message: String, at position: SourcePosition, showsSource: Bool = true
    ) {
        list.append(
            Diagnostic(.warning, code, file: files[position.file], at: position, message, showsSource: showsSource))
    }

    /// Warns once about a plain string that older YAML reads differently.
    mutating func warnOfOldReading(_ message: String, at position: SourcePosition) {
        if oldReadings.insert(position).inserted { warning(.oldYAML, message, at: position) }
    }
}

extension SourcePosition {
    /// The beginning of its line.
    fileprivate var start: SourcePosition { SourcePosition(file: file, line: line, column: 1) }
}

extension Diagnostic {
    fileprivate var withoutSource: Diagnostic {
        Diagnostic(severity, code, file: file, at: position, message, showsSource: false)
    }
}

// Reading of scalars.
extension Diagnostics {
    /// Reads a string that is not empty.
    mutating func text(_ node: YAMLNode, of what: String) -> String? {
        switch YAMLScalar(node) {
        case .string(let text) where text.contains(where: { !$0.isWhitespace }):
            checkOldReading(node)
            return text
        case .string:
            error(.emptyValue, "\(what) is empty", at: node.position)
        case .number:
            // A house number, or a name made of digits, is meant as it is written.
            return node.scalarText
        case .null:
            error(
                .emptyValue, "\(what) is empty; quote a string that begins with # or is a word such as null",
                at: node.position)
        case .bool, .notFinite:
            error(.wrongType, "\(what) must be a string; put \(node.scalarText ?? "") in quotes", at: node.position)
        case nil:
            error(.wrongType, "\(what) must be a string, found \(node.kindInWords)", at: node.position)
        }
        return nil
    }

    /// Warns of a plain string that older YAML reads differently.
    private mutating func checkOldReading(_ node: YAMLNode) {
        guard let reading = YAMLScalar.oldReading(node) else { return }
        warnOfOldReading(
            "`\(node.scalarText ?? "")` is a string here, but older YAML reads it as \(reading); put it in quotes",
            at: node.position)
    }

    /// Reads `true` or `false`.
    mutating func flag(_ node: YAMLNode, of what: String) -> Bool? {
        if case .bool(let flag) = YAMLScalar(node) { return flag }
        error(.wrongType, "\(what) must be true or false, found \(node.described)", at: node.position)
        return nil
    }

    /// Reads an integer within bounds.
    mutating func whole(_ node: YAMLNode, of what: String, in range: ClosedRange<Int>) -> Int? {
        if case .number(let text) = YAMLScalar(node), let number = Int(text), range.contains(number) { return number }
        let bounds =
            range.upperBound == Int.max
            ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        error(.outOfRange, "\(what) must be an integer \(bounds), found \(node.described)", at: node.position)
        return nil
    }

    /// Checks a number against the platform's bounds.
    mutating func checkNumber(_ node: YAMLNode, of what: String, in range: ClosedRange<Double>) {
        if case .number(let text) = YAMLScalar(node), let number = Double(text), range.contains(number) { return }
        let bounds = "from \(range.lowerBound.short) to \(range.upperBound.short)"
        error(.outOfRange, "\(what) must be a number \(bounds), found \(node.described)", at: node.position)
    }
}

extension Double {
    fileprivate var short: String { rounded() == self ? String(Int(self)) : String(self) }
}
