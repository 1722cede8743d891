// SPDX-License-Identifier: Apache-2.0

import Calls
import Synchronization

/// Answers compiled in every spelling.
struct AnswerTable: Sendable {
    private let rows: [Spellings]
    private let greeted: [GreetedSpellings]
    private let tags: Bool

    init(_ answers: [Answer], tags: Bool) {
        rows = answers.map { Spellings($0, tags: tags) }
        greeted = answers.map { _ in GreetedSpellings() }
        self.tags = tags
    }

    subscript(index: Int) -> Spellings { rows[index] }

    /// Whether an answer says something of the caller's last call.
    var needLastCall: Bool { rows.contains { $0[.snakeCase].needsLastCall } }

    /// The answer at this index with a place for a greeting that an operator forces.
    func greeted(_ answer: Answer, _ index: Int, _ dialect: Dialect) -> CompiledAnswer {
        greeted[index].compiled(answer, dialect: dialect, tags: tags)
    }

    /// One answer in every spelling.
    struct Spellings: Sendable {
        private let snakeCase: CompiledAnswer
        private let camelCase: CompiledAnswer

        init(_ answer: Answer, tags: Bool) {
            snakeCase = AnswerCompiler.compile(answer, dialect: .snakeCase, tags: tags)
            camelCase = AnswerCompiler.compile(answer, dialect: .camelCase, tags: tags)
        }

        subscript(dialect: Dialect) -> CompiledAnswer {
            switch dialect {
            case .snakeCase: snakeCase
            case .camelCase: camelCase
            }
        }
    }

    /// One answer with a place for a forced greeting, in every spelling; compiled by the first call that needs it.
    ///
    /// Compiling all of them with each forced greeting would take longer the more answers the file has.
    private final class GreetedSpellings: Sendable {
        private let snakeCase = AtomicLazyReference<CompiledAnswer>()
        private let camelCase = AtomicLazyReference<CompiledAnswer>()

        func compiled(_ answer: Answer, dialect: Dialect, tags: Bool) -> CompiledAnswer {
            func make() -> CompiledAnswer {
                AnswerCompiler.compile(answer, dialect: dialect, tags: tags, hasForcedGreeting: true)
            }
            return switch dialect {
            case .snakeCase: snakeCase.load() ?? snakeCase.storeIfNil(make())
            case .camelCase: camelCase.load() ?? camelCase.storeIfNil(make())
            }
        }
    }

    /// The assistant of a line, in every spelling: the beginning of a block, and the id alone.
    struct Openings: Sendable {
        private let snakeCase: [UInt8]
        private let camelCase: [UInt8]
        private let snakeCaseReference: [UInt8]
        private let camelCaseReference: [UInt8]

        init(assistantID: String?) {
            snakeCase = AssistantOpening.bytes(assistantID: assistantID, dialect: .snakeCase)
            camelCase = AssistantOpening.bytes(assistantID: assistantID, dialect: .camelCase)
            snakeCaseReference = AssistantOpening.reference(assistantID: assistantID, dialect: .snakeCase)
            camelCaseReference = AssistantOpening.reference(assistantID: assistantID, dialect: .camelCase)
        }

        /// Names the assistant and changes nothing; empty where the line names none.
        func reference(_ dialect: Dialect) -> [UInt8] {
            switch dialect {
            case .snakeCase: snakeCaseReference
            case .camelCase: camelCaseReference
            }
        }

        subscript(dialect: Dialect) -> [UInt8] {
            switch dialect {
            case .snakeCase: snakeCase
            case .camelCase: camelCase
            }
        }
    }
}
