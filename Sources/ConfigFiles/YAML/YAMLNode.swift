// SPDX-License-Identifier: Apache-2.0

/// A node of a YAML file with the place where it stands.
struct YAMLNode: Equatable, Sendable {
    let position: SourcePosition
    let content: Content

    /// What the node holds.
    enum Content: Equatable, Sendable {
        /// A text; `isPlain` when it stands without quotes, so that it may mean a number, a truth value or nothing.
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

    /// The text of a scalar, quoted or not.
    var scalarText: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// Whether nothing stands here.
    var isNull: Bool { YAMLScalar(self) == .null }

    /// What stands here, in words for a message.
    var kindInWords: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a block of keys"
        case .scalar:
            switch YAMLScalar(self) {
            case .null: "nothing"
            case .bool(let flag): "the truth value \(flag)"
            case .number: "a number"
            case .notFinite: "a number that is not finite"
            case .string, nil: "a text"
            }
        }
    }
}
