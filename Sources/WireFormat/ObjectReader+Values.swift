// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

extension ObjectReader {
    /// A whole number that is not negative.
    package func count(_ key: String) throws(DocumentProblem) -> Int {
        try count(key, from: 0)
    }

    /// A place in a log, or a time in microseconds.
    package func place(_ key: String) throws(DocumentProblem) -> UInt64 {
        UInt64(try count(key))
    }

    package func optionalPlace(_ key: String) throws(DocumentProblem) -> UInt64? {
        value(key) == nil ? nil : try place(key)
    }

    /// One of the words of an enum, told by the words that there are.
    package func choice<Word: RawRepresentable & CaseIterable>(
        _ key: String, as type: Word.Type = Word.self
    ) throws(DocumentProblem) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text(key)) else {
            throw problem(key, "must be one of: \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }

    /// A list of texts.
    package func texts(_ key: String) throws(DocumentProblem) -> [String] {
        try list(key) { value, place throws(DocumentProblem) in
            guard let text = value.string else { throw DocumentProblem(at: place, "must be a text") }
            return text
        }
    }

    /// The object of a key, if there is one.
    package func optionalObject(_ key: String) throws(DocumentProblem) -> ObjectReader? {
        value(key) == nil ? nil : try object(key)
    }

    /// Bytes as `JSONValue.Member.bytes` writes them; `nil` where neither key is there.
    func optionalBytes(_ key: String) throws(DocumentProblem) -> [UInt8]? {
        if let text = try optionalText(key) { return Array(text.utf8) }
        guard let text = try optionalText(key + JSONValue.Member.base64) else { return nil }
        guard let bytes = Base64.bytes(text) else { throw problem(key + JSONValue.Member.base64, "must be Base64") }
        return bytes
    }

    func bytes(_ key: String) throws(DocumentProblem) -> [UInt8] {
        guard let bytes = try optionalBytes(key) else { throw problem(key, "is missing") }
        return bytes
    }
}

extension JSONValue.Member {
    /// What the key of bytes that are no text ends with.
    static let base64 = "_base64"

    /// Bytes as the text that they are, or as Base64 under a key that says so.
    static func bytes(_ key: String, _ bytes: [UInt8]) -> JSONValue.Member {
        if let text = String(validating: bytes, as: UTF8.self) { return .init(key, .string(text)) }
        return .init(key + base64, .string(Base64.text(bytes)))
    }

    static func text(_ key: String, _ text: String?) -> JSONValue.Member {
        .init(key, text.map(JSONValue.string) ?? .null)
    }

    static func time(_ key: String, _ instant: Instant?) -> JSONValue.Member {
        .init(key, instant.map { .string($0.iso8601Exact) } ?? .null)
    }

    static func texts(_ key: String, _ texts: [String]) -> JSONValue.Member {
        .init(key, .array(texts.map(JSONValue.string)))
    }
}
