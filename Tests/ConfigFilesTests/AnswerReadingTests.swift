// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import ConfigFiles
import Rules
import TestSupport
import Testing

@Suite struct AnswerReadingTests {
    typealias Reading = Row<String, Answer>

    @Test(arguments: [
        Reading("the word default", "default", .standard),
        Reading("reject", "{ reject: 'We are closed.' }", .reject(TextTemplate(literal: "We are closed."))),
        Reading(
            "greeting with a hole", "{ greeting: 'Hi {{caller.number|there}}' }",
            .assistant(AssistantAnswer(greeting: TextTemplate(parsing: "Hi {{caller.number|there}}")))),
        Reading("max_duration", "{ max_duration: 300 }", .assistant(AssistantAnswer(maxDuration: 300))),
        Reading(
            "assistant_id", "{ assistant_id: a-1 }",
            .assistant(AssistantAnswer(assistantID: TextTemplate(literal: "a-1")))),
        Reading(
            "metadata keeps its order and is filled", "{ metadata: { b: '{{call.id}}', a: 1 } }",
            .assistant(
                AssistantAnswer(
                    metadata: [
                        .init("b", .text(TextTemplate(parsing: "{{call.id}}"))), .init("a", .fixed(.number("1"))),
                    ]))),
        Reading(
            "raw", #"{ raw: '{"error": "{{caller.number|you}}"}' }"#,
            .raw(TextTemplate(parsing: #"{"error": "{{caller.number|you}}"}"#))),
        Reading(
            "speech", "{ stt: { provider: deepgram, model: nova-3-general, language: de } }",
            .assistant(
                AssistantAnswer(settings: [
                    .fixed("stt_config", ["provider": "deepgram", "model": "nova-3-general", "language": "de"])
                ]))),
        Reading(
            "settings and voice in the order of the file",
            "{ settings: { silence_timeout_seconds: 30 }, tts: { provider: xai, voice_id: '7' } }",
            .assistant(
                AssistantAnswer(settings: [
                    .init("silence_timeout_seconds", .fixed(.number("30"))),
                    .fixed("tts_config", ["provider": "xai", "voice_id": "7"]),
                ]))),
    ])
    func readsAnAnswer(_ row: Reading) throws {
        let file = try RulesFile.sample("answers:\n  a: \(row.input)\n")
        #expect(file.rules.answer(named: "a") == row.expected)
    }

    @Test func fillsEveryStringOfTheModel() throws {
        let file = try RulesFile.sample(
            """
            answers:
              a:
                llm:
                  provider: openai
                  model: "{{line.name}}"
                  messages:
                    - { role: system, content: "You talk to {{caller.number}}" }
                    - { role: user, content: "Hello {{name}}" }
            """)
        let messages = JSONTemplate.array([
            .object([
                .init("role", .fixed(.string("system"))),
                .init("content", .text(TextTemplate(parsing: "You talk to {{caller.number}}"))),
            ]),
            .fixed(.object([.init("role", .string("user")), .init("content", .string("Hello {{name}}"))])),
        ])
        let model = JSONTemplate.object([
            .init("provider", .fixed(.string("openai"))), .init("model", .text(TextTemplate(parsing: "{{line.name}}"))),
            .init("messages", messages),
        ])
        let expected = AssistantAnswer(settings: [.init("llm_config", model)])
        #expect(file.rules.answer(named: "a") == .assistant(expected))
    }

    @Test func fillsTheMessagesOfPlansAndNothingElseOfAnAnalysis() throws {
        let file = try RulesFile.sample(
            """
            answers:
              a:
                analysis:
                  messages: [{ role: user, content: "{{call.id}}" }]
                  summary_plan: { messages: [{ role: user, content: "{{call.id}}" }] }
            """)
        func message(_ content: JSONTemplate) -> JSONTemplate {
            .array([.object([.init("role", .fixed(.string("user"))), .init("content", content)])])
        }
        let literal = JSONValue.array([
            .object([.init("role", .string("user")), .init("content", .string("{{call.id}}"))])
        ])
        let plan = JSONTemplate.object([.init("messages", message(.text(TextTemplate(parsing: "{{call.id}}"))))])
        let analysis = JSONTemplate.object([.init("messages", .fixed(literal)), .init("summary_plan", plan)])
        let expected = AssistantAnswer(settings: [.init("analysis_plan", analysis)])
        #expect(file.rules.answer(named: "a") == .assistant(expected))
    }

    @Test func analysisLeavesThePlaceholdersOfThePlatform() throws {
        let file = try RulesFile.sample(
            """
            answers:
              a:
                analysis:
                  structured_data_plan:
                    enabled: true
                    schema: { type: object, properties: { messages: { content: "{{call.id}}" } } }
                    messages: [{ role: user, content: "Transcript: {{transcript}}" }]
            """)
        let schema = JSONValue.object([
            .init("type", .string("object")),
            .init(
                "properties", .object([.init("messages", .object([.init("content", .string("{{call.id}}"))]))])),
        ])
        let message = JSONValue.object([
            .init("role", .string("user")), .init("content", .string("Transcript: {{transcript}}")),
        ])
        let plan = JSONValue.object([
            .init("enabled", .bool(true)), .init("schema", schema), .init("messages", .array([message])),
        ])
        let expected = AssistantAnswer(settings: [
            .init("analysis_plan", .fixed(.object([.init("structured_data_plan", plan)])))
        ])
        #expect(file.rules.answer(named: "a") == .assistant(expected))
    }
}

extension JSONTemplate.Member {
    /// A block of texts.
    fileprivate static func fixed(_ key: String, _ texts: KeyValuePairs<String, String>) -> JSONTemplate.Member {
        JSONTemplate.Member(key, .fixed(.object(texts.map { JSONValue.Member($0.key, .string($0.value)) })))
    }
}
