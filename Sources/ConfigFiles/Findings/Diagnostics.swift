// SPDX-License-Identifier: Apache-2.0

/// The findings of one file while it is read.
struct Diagnostics {
    let file: String
    private(set) var list: [Diagnostic] = []

    init(file: String) {
        self.file = file
    }

    /// How many errors were found so far.
    private(set) var errorCount = 0
    /// Where a text was reported that older YAML reads as something else.
    private var oldReadings: Set<SourcePosition> = []

    var hasErrors: Bool { errorCount > 0 }

    /// Everything found, in the order of the file; each thing once, also when an alias leads to it twice.
    ///
    /// A line that one finding must not show is not shown by any.
    var sorted: [Diagnostic] {
        let secret = Set(list.filter { !$0.showsSource }.map(\.line))
        var seen: Set<Diagnostic> = []
        let ordered = list.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
        return ordered.map { secret.contains($0.element.line) ? $0.element.withoutSource : $0.element }
            .filter { seen.insert($0).inserted }
    }

    mutating func error(_ message: String, at position: SourcePosition, showsSource: Bool = true) {
        errorCount += 1
        list.append(Diagnostic(.error, file: file, at: position, message, showsSource: showsSource))
    }

    mutating func warning(_ message: String, at position: SourcePosition, showsSource: Bool = true) {
        list.append(Diagnostic(.warning, file: file, at: position, message, showsSource: showsSource))
    }

    /// Warns once of a text at a place that older YAML reads as something else.
    mutating func warnOfOldReading(_ message: String, at position: SourcePosition) {
        if oldReadings.insert(position).inserted { warning(message, at: position) }
    }
}

extension Diagnostic {
    fileprivate var withoutSource: Diagnostic {
        Diagnostic(severity, file: file, at: position, message, showsSource: false)
    }
}
