// SPDX-License-Identifier: Apache-2.0

/// A node of a YAML file with its position.
struct YAMLNode: Equatable, Sendable {
    let position: SourcePosition
    let content: Content

    enum Content: Equatable, Sendable {
        /// A text; `isPlain` when it is not quoted, so that it may mean a number, a boolean or null.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    /// One key of a mapping with its value.
    struct Entry: Equatable, Sendable {
        let key: String
        let keyPosition: SourcePosition
        let value: YAMLNode
    }
}

extension YAMLNode {
    /// The entries of a mapping.
    var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The items of a sequence.
    var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The items of a list, or the single value that may replace a list of one.
    var oneOrMore: [YAMLNode] { items ?? [self] }

    /// The text of a scalar, quoted or not.
    var scalarText: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    var isNull: Bool { YAMLScalar(self) == .null }

    /// The kind of the node, for messages.
    var kindInWords: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar:
            switch YAMLScalar(self) {
            case .null: "nothing"
            case .bool(let flag): "the boolean \(flag)"
            case .number: "a number"
            case .notFinite: "a number that is not finite"
            case .string, nil: "a string"
            }
        }
    }

    /// The value as it is written, or its kind, for messages.
    var described: String {
        switch content {
        case .scalar(let text, let isPlain):
            isNull ? "nothing" : isPlain ? "`\(text.prefix(40))`" : "the string \"\(text.prefix(40))\""
        case .sequence, .mapping: kindInWords
        }
    }
}
