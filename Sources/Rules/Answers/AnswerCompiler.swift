// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// Turns an answer into bytes with placeholders, once, when the rules file is read or an override is set.
struct AnswerCompiler {
    let dialect: Dialect
    /// Whether answers with an assistant block carry our tag.
    let tags: Bool
    /// Whether an answer that lets the call in has a place for a forced greeting instead of its own one.
    let hasForcedGreeting: Bool

    private var bytes: [UInt8] = []
    private var cuts: [CompiledAnswer.Cut] = []
    private var holes: [TextTemplate.Hole] = []
    /// The ids of assistants that are written for each call.
    private var names: [TextTemplate] = []

    private init(dialect: Dialect, tags: Bool, hasForcedGreeting: Bool) {
        self.dialect = dialect
        self.tags = tags
        self.hasForcedGreeting = hasForcedGreeting
    }

    /// Compiles one answer.
    static func compile(
        _ answer: Answer, dialect: Dialect, tags: Bool, hasForcedGreeting: Bool = false
    ) -> CompiledAnswer {
        var compiler = AnswerCompiler(dialect: dialect, tags: tags, hasForcedGreeting: hasForcedGreeting)
        return compiler.compile(answer)
    }

    private mutating func compile(_ answer: Answer) -> CompiledAnswer {
        switch answer {
        // Another server writes this answer; if it does not, the answer of `otherwise` goes out.
        case .standard, .ask: return compile(AssistantAnswer())
        case .assistant(let assistant): return compile(assistant)
        case .reject(let text):
            append("{\"error\":")
            append(text: text)
            append("}")
            return finish(.rejected, AnswerText.rejected(text), isTagged: false)
        case .raw(let text):
            append(raw: text)
            return finish(.raw, AnswerText.raw, isTagged: false)
        }
    }

    private mutating func compile(_ written: AssistantAnswer) -> CompiledAnswer {
        var answer = written
        if hasForcedGreeting { answer.greeting = nil }
        let hasBlock =
            hasForcedGreeting || answer.greeting != nil || !answer.settings.isEmpty || !answer.metadata.isEmpty
            || (answer.assistantID != nil && tags)
        append("{")
        if hasBlock { appendBlock(answer) }
        var isFirst = !hasBlock
        let fixedID = answer.assistantID?.fixedText
        if !hasBlock, let fixedID {
            append(AssistantOpening.reference(assistantID: fixedID, dialect: dialect))
            isFirst = false
        }
        for member in AssistantAnswer.topLevel {
            guard let value = member.value(answer) else { continue }
            append("\(isFirst ? "" : ",")\"\(key(member.name))\":")
            append(value)
            isFirst = false
        }
        // Without an assistant in the answer, one of the line has to be named: the number alone may have none.
        if !hasBlock, fixedID == nil { cut(.reference(assistant(answer.assistantID), follows: !isFirst)) }
        append("}")
        let words = AnswerText.assistant(answer, hasForcedGreeting: hasForcedGreeting)
        return finish(words.kind, words.text, isTagged: hasBlock && tags)
    }

    private mutating func appendBlock(_ answer: AssistantAnswer) {
        if let id = answer.assistantID?.fixedText {
            append(AssistantOpening.bytes(assistantID: id, dialect: dialect))
        } else {
            cut(.opening(assistant(answer.assistantID)))
        }
        var members: [(key: String, write: (inout AnswerCompiler) -> Void)] = []
        if hasForcedGreeting {
            members.append((key("first_message"), { $0.appendForcedGreeting() }))
        } else if let greeting = answer.greeting {
            members.append((key("first_message"), { $0.append(text: greeting) }))
        }
        for member in answer.settings {
            let value = dialect == .camelCase ? CamelCase.block(member) : member.value
            members.append((key(member.key), { $0.append(value) }))
        }
        if tags || !answer.metadata.isEmpty {
            members.append(("metadata", { $0.append(metadata: answer.metadata) }))
        }
        for (index, member) in members.enumerated() {
            if index > 0 { append(",") }
            append(.string(member.key))
            append(":")
            member.write(&self)
        }
        append("}")
    }

    /// An id that is written for each call; `nil` for one that is empty, so that the line's is used.
    private mutating func assistant(_ id: TextTemplate?) -> TextTemplate? {
        guard let id, !id.holes.isEmpty else { return nil }
        names.append(id)
        return id
    }

    private mutating func append(metadata: [JSONTemplate.Member]) {
        append("{")
        for (index, member) in metadata.enumerated() {
            if index > 0 { append(",") }
            append(.string(member.key))
            append(":")
            append(member.value)
        }
        if tags {
            append(metadata.isEmpty ? "\"switchboard\":" : ",\"switchboard\":")
            cut(.tag)
        }
        append("}")
    }

    private func key(_ name: String) -> String {
        switch dialect {
        case .snakeCase: name
        case .camelCase: CamelCase.key(name)
        }
    }
}

extension AnswerCompiler {
    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ literal: [UInt8]) {
        bytes.append(contentsOf: literal)
    }

    private mutating func append(_ value: JSONValue) {
        JSONWriter.append(value, to: &bytes)
    }

    private mutating func append(_ template: JSONTemplate) {
        switch template {
        case .fixed(let value): append(value)
        case .text(let text): append(text: text)
        case .array(let items):
            append("[")
            for (index, item) in items.enumerated() {
                if index > 0 { append(",") }
                append(item)
            }
            append("]")
        case .object(let members):
            append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { append(",") }
                append(.string(member.key))
                append(":")
                append(member.value)
            }
            append("}")
        }
    }

    private mutating func append(text: TextTemplate) {
        append("\"")
        for piece in text.pieces {
            switch piece {
            case .text(let literal): JSONWriter.append(escaping: literal, to: &bytes)
            case .hole(let hole): append(hole)
            }
        }
        append("\"")
    }

    private mutating func appendForcedGreeting() {
        append("\"")
        cut(.greeting)
        append("\"")
    }

    private mutating func append(raw text: TextTemplate) {
        for piece in text.pieces {
            switch piece {
            case .text(let literal): append(literal)
            case .hole(let hole): append(hole)
            }
        }
    }

    private mutating func append(_ hole: TextTemplate.Hole) {
        cut(.hole(holes.count))
        holes.append(hole)
    }

    private mutating func cut(_ insert: CompiledAnswer.Cut.Insert) {
        cuts.append(CompiledAnswer.Cut(at: bytes.count, insert: insert))
    }

    private func finish(_ kind: AnswerKind, _ words: TextTemplate, isTagged: Bool) -> CompiledAnswer {
        let placeholders = (holes + words.holes + names.flatMap(\.holes)).map(\.placeholder)
        return CompiledAnswer(
            kind: kind, words: words, isTagged: isTagged, bytes: bytes, cuts: cuts, holes: holes,
            needsContact: placeholders.contains(where: \.isOfContact),
            needsOrigin: placeholders.contains(.callerCountry),
            needsOutlook: placeholders.contains(where: \.needsOutlook),
            needsLastCall: placeholders.contains(where: \.isOfLastCall),
            phrases: placeholders.compactMap { if case .phrase(let index) = $0 { index } else { nil } })
    }
}

extension TextTemplate {
    /// The text, if it is not empty and the same for every call.
    fileprivate var fixedText: String? { literalText.flatMap { $0.isEmpty ? nil : $0 } }
}

extension Placeholder {
    fileprivate var isOfContact: Bool {
        if case .contact = self { true } else { false }
    }
}
