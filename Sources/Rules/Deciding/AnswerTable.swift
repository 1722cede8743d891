// SPDX-License-Identifier: Apache-2.0

import Calls

/// Answers compiled in every spelling.
struct AnswerTable: Sendable {
    private let rows: [Spellings]

    init(_ answers: [Answer], tags: Bool, forcedGreeting: String? = nil) {
        rows = answers.map { Spellings($0, tags: tags, forcedGreeting: forcedGreeting) }
    }

    subscript(place: Int) -> Spellings { rows[place] }

    /// One answer in every spelling.
    struct Spellings: Sendable {
        private let snakeCase: CompiledAnswer
        private let camelCase: CompiledAnswer

        init(_ answer: Answer, tags: Bool, forcedGreeting: String? = nil) {
            snakeCase = AnswerCompiler.compile(
                answer, dialect: .snakeCase, tags: tags, forcedGreeting: forcedGreeting)
            camelCase = AnswerCompiler.compile(
                answer, dialect: .camelCase, tags: tags, forcedGreeting: forcedGreeting)
        }

        subscript(dialect: Dialect) -> CompiledAnswer {
            switch dialect {
            case .snakeCase: snakeCase
            case .camelCase: camelCase
            }
        }
    }

    /// How the assistant block of a line begins, in every spelling.
    struct Openings: Sendable {
        private let snakeCase: [UInt8]
        private let camelCase: [UInt8]

        init(assistantID: String?) {
            snakeCase = AssistantOpening.bytes(assistantID: assistantID, dialect: .snakeCase)
            camelCase = AssistantOpening.bytes(assistantID: assistantID, dialect: .camelCase)
        }

        subscript(dialect: Dialect) -> [UInt8] {
            switch dialect {
            case .snakeCase: snakeCase
            case .camelCase: camelCase
            }
        }
    }
}
