// SPDX-License-Identifier: Apache-2.0

/// Builds the text that Prometheus reads (text format 0.0.4).
struct Metrics {
    private(set) var text = ""

    /// What a number means over time.
    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    /// Begins a metric.
    mutating func describe(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Adds one value.
    mutating func add(_ name: String, _ value: String) { add(name, [:], value) }

    /// Adds one value with labels.
    mutating func add(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: String) {
        let list = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }

    mutating func add(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: some BinaryInteger) {
        add(name, labels, String(value))
    }

    /// A metric of one value.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
        describe(name, kind, help)
        add(name, String(value))
    }

    /// Names from rules files may hold anything.
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n", "\r\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
    }
}
