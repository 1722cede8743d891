// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import Rules
import TestSupport
import Testing

/// What goes over the wire for each kind of answer, byte for byte.
@Suite struct AnswerTests {
    /// An answer, and the call and line that get it.
    struct Input: Sendable {
        let answer: Answer
        let call: AssistantRequest
        let line: PhoneLine
        let tags: Bool
        /// A greeting that the operator forces.
        let greeting: String?
    }

    /// What goes over the wire, and the words on the screen for it.
    struct Outcome: Sendable {
        let reply: String
        let words: String
    }

    private static func row(
        _ name: String, _ answer: Answer, call: AssistantRequest = .sample(), line: PhoneLine = .sample(),
        tags: Bool = false, greeting: String? = nil, reply: String, words: String
    ) -> Row<Input, Outcome> {
        Row(
            name, Input(answer: answer, call: call, line: line, tags: tags, greeting: greeting),
            Outcome(reply: reply, words: words))
    }

    private static let model = AssistantAnswer(settings: [
        .init(
            "llm_config",
            .object([
                .init("provider", .fixed("openai")), .init("model", .fixed("gpt-4o")),
                .init(
                    "messages",
                    .array([
                        .object([
                            .init("role", .fixed("system")),
                            .init("content", .text(TextTemplate(parsing: "You speak with {{caller.number}}."))),
                        ])
                    ])),
            ]))
    ])

    private static let analysis = AssistantAnswer(settings: [
        .init(
            "analysis_plan",
            .fixed(["structured_data_plan": ["enabled": true, "schema": ["my_key": "x"]], "min_messages_threshold": 2]))
    ])

    static let plain = [
        row("the word default", .standard, reply: "{}", words: "default"),
        row(
            "a greeting", .greeting("Hallo Jan, leuk dat je belt! Hoe kan ik je helpen?"),
            reply: #"{"assistant":{"first_message":"Hallo Jan, leuk dat je belt! Hoe kan ik je helpen?"}}"#,
            words: #"greeting "Hallo Jan, leuk dat je belt! Hoe kan ik je helpen?""#),
        row(
            "a model", .assistant(model),
            reply: #"{"assistant":{"llm_config":{"provider":"openai","model":"gpt-4o","messages":[{"role":"system","#
                + #""content":"You speak with +31612345678."}]}}}"#,
            words: "llm openai gpt-4o"),
        row(
            "a limit", .assistant(AssistantAnswer(maxDuration: 300)), reply: #"{"max_duration_seconds":300}"#,
            words: "at most 300 s"),
        row(
            "a rejection", .rejection("Sorry, we zijn gesloten."), reply: #"{"error":"Sorry, we zijn gesloten."}"#,
            words: #"rejected "Sorry, we zijn gesloten.""#),
        row(
            "an analysis", .assistant(analysis),
            reply: #"{"assistant":{"analysis_plan":{"structured_data_plan":{"enabled":true,"schema":{"my_key":"x"}},"#
                + #""min_messages_threshold":2}}}"#,
            words: "analysis"),
        row(
            "a greeting and a limit",
            .assistant(AssistantAnswer(greeting: TextTemplate(literal: "Hi"), maxDuration: 60)),
            reply: #"{"assistant":{"first_message":"Hi"},"max_duration_seconds":60}"#,
            words: #"greeting "Hi" + at most 60 s"#),
        row(
            "a raw answer goes out as written", .raw(TextTemplate(parsing: #"{ "x" : "{{call.id}}" }"#)),
            reply: #"{ "x" : "c-0001" }"#, words: "raw answer"),
    ]

    static let holes = [
        row(
            "every placeholder",
            .greeting("{{caller.number}} {{line.name}} {{line.number}} {{call.id}} {{time.hour}}"),
            reply: #"{"assistant":{"first_message":"+31612345678 Demo line +31850835037 c-0001 12"}}"#,
            words: #"greeting "+31612345678 Demo line +31850835037 c-0001 12""#),
        row(
            "a fallback replaces a missing value", .greeting("Hello {{caller.number|there}}."),
            call: .sample(from: nil), reply: #"{"assistant":{"first_message":"Hello there."}}"#,
            words: #"greeting "Hello there.""#),
        row(
            "a hostile value cannot leave its string", .greeting("{{call.id}}"),
            call: .sample(id: "\"},\u{1B}[2J\\\n"),
            reply: #"{"assistant":{"first_message":"\"},\u001b[2J\\\n"}}"#,
            words: "greeting \"\"},\u{1B}[2J\\\n\""),
        row(
            "the platform's own braces stay", .greeting("{{schema}} {{transcript}}"),
            reply: #"{"assistant":{"first_message":"{{schema}} {{transcript}}"}}"#,
            words: #"greeting "{{schema}} {{transcript}}""#),
        row(
            "an unlisted line is named as the platform names it", .greeting("{{line.name}}"),
            call: .sample(to: "+31201111111"), reply: #"{"assistant":{"first_message":"Platform's name"}}"#,
            words: #"greeting "Platform's name""#),
    ]

    private static let tag = #""switchboard":{"decision":"d-1","by":"otherwise","revision":"0a1b2c3d"}"#

    static let modes = [
        row(
            "the tag is in the metadata", .greeting("Hi"), tags: true,
            reply: #"{"assistant":{"first_message":"Hi","metadata":{\#(tag)}}}"#, words: #"greeting "Hi""#),
        row(
            "the operator's own metadata precedes the tag",
            .assistant(AssistantAnswer(metadata: [.init("campaign", .fixed("spring"))])), tags: true,
            reply: #"{"assistant":{"metadata":{"campaign":"spring",\#(tag)}}}"#, words: "metadata"),
        row("the default has no tag", .standard, tags: true, reply: "{}", words: "default"),
        row(
            "a limit has no tag", .assistant(AssistantAnswer(maxDuration: 9)), tags: true,
            reply: #"{"max_duration_seconds":9}"#, words: "at most 9 s"),
        row(
            "an id that is empty for the call, and a limit",
            .assistant(AssistantAnswer(assistantID: TextTemplate(parsing: "{{caller.number}}"), maxDuration: 9)),
            call: .sample(from: nil), reply: #"{"max_duration_seconds":9}"#, words: "assistant + at most 9 s"),
        row(
            "an id that is empty for the call leaves that of the line",
            .assistant(AssistantAnswer(assistantID: TextTemplate(parsing: "{{caller.number}}"), maxDuration: 9)),
            call: .sample(from: nil), line: .sample(assistantID: "a"),
            reply: #"{"max_duration_seconds":9,"assistant_id":"a"}"#,
            words: "assistant + at most 9 s"),
        row(
            "an id that says whether the line is open",
            .assistant(AssistantAnswer(assistantID: TextTemplate(parsing: "desk-{{line.open}}"))),
            reply: #"{"assistant_id":"desk-true"}"#, words: "assistant"),
        row(
            "a line may name an assistant", .greeting("Hi"), line: .sample(assistantID: "a\"1"),
            reply: #"{"assistant_id":"a\"1","assistant_override":{"first_message":"Hi"}}"#, words: #"greeting "Hi""#),
        row(
            "an answer's assistant wins over the line's",
            .assistant(AssistantAnswer(greeting: TextTemplate(literal: "Hi"), assistantID: TextTemplate(literal: "b"))),
            line: .sample(assistantID: "a"),
            reply: #"{"assistant_id":"b","assistant_override":{"first_message":"Hi"}}"#,
            words: #"greeting "Hi" + assistant"#),
        row(
            "the default of a line that names an assistant sends the id", .standard, line: .sample(assistantID: "a\"1"),
            tags: true, reply: #"{"assistant_id":"a\"1"}"#, words: "default"),
        row(
            "a limit on a line that names an assistant sends the id", .assistant(AssistantAnswer(maxDuration: 9)),
            line: .sample(assistantID: "a"), tags: true, reply: #"{"max_duration_seconds":9,"assistant_id":"a"}"#,
            words: "at most 9 s"),
        row(
            "the older dialect spells the id", .standard, call: .sample(dialect: .camelCase),
            line: .sample(assistantID: "a"), reply: #"{"assistantId":"a"}"#, words: "default"),
        row(
            "an assistant alone changes nothing about it",
            .assistant(AssistantAnswer(assistantID: TextTemplate(literal: "b"), maxDuration: 9)),
            line: .sample(assistantID: "a"), reply: #"{"assistant_id":"b","max_duration_seconds":9}"#,
            words: "assistant + at most 9 s"),
        row(
            "an assistant alone carries the tag",
            .assistant(AssistantAnswer(assistantID: TextTemplate(literal: "b"))), tags: true,
            reply: #"{"assistant_id":"b","assistant_override":{"metadata":{\#(tag)}}}"#, words: "assistant"),
        row(
            "an assistant by a placeholder",
            .assistant(
                AssistantAnswer(
                    greeting: TextTemplate(literal: "Hi"), assistantID: TextTemplate(parsing: "x-{{call.id}}"))),
            reply: #"{"assistant_id":"x-c-0001","assistant_override":{"first_message":"Hi"}}"#,
            words: #"greeting "Hi" + assistant"#),
        row(
            "an empty assistant leaves the line's",
            .assistant(AssistantAnswer(assistantID: TextTemplate(parsing: "{{caller.number}}"))),
            call: .sample(from: nil), line: .sample(assistantID: "a"), reply: #"{"assistant_id":"a"}"#,
            words: "assistant"),
        row(
            "metadata is filled",
            .assistant(AssistantAnswer(metadata: [.init("call", .text(TextTemplate(parsing: "{{call.id}}")))])),
            call: .sample(id: "a\"b"), reply: #"{"assistant":{"metadata":{"call":"a\"b"}}}"#, words: "metadata"),
        row(
            "the older dialect is answered in kind", .greeting("Hi"), call: .sample(dialect: .camelCase),
            reply: #"{"assistant":{"firstMessage":"Hi"}}"#, words: #"greeting "Hi""#),
        row(
            "the older dialect spells limits", .assistant(AssistantAnswer(maxDuration: 9)),
            call: .sample(dialect: .camelCase), reply: #"{"maxDurationSeconds":9}"#, words: "at most 9 s"),
        row(
            "the older dialect keeps the config blocks and the schema as written", .assistant(analysis),
            call: .sample(dialect: .camelCase),
            reply: #"{"assistant":{"analysisPlan":{"structuredDataPlan":{"enabled":true,"schema":{"my_key":"x"}},"#
                + #""minMessagesThreshold":2}}}"#,
            words: "analysis"),
    ]

    static let forced = [
        row(
            "a forced greeting replaces a greeting", .greeting("Hi"), greeting: "Storing!",
            reply: #"{"assistant":{"first_message":"Storing!"}}"#, words: #"forced greeting "Storing!""#),
        row(
            "a forced greeting is added to the default", .standard, greeting: "Storing!",
            reply: #"{"assistant":{"first_message":"Storing!"}}"#, words: #"forced greeting "Storing!""#),
        row(
            "a forced greeting leaves the rest", .assistant(AssistantAnswer(maxDuration: 9)), greeting: "Storing!",
            reply: #"{"assistant":{"first_message":"Storing!"},"max_duration_seconds":9}"#,
            words: #"forced greeting "Storing!" + at most 9 s"#),
        row(
            "a forced greeting is no template", .standard, greeting: "{{call.id}}",
            reply: #"{"assistant":{"first_message":"{{call.id}}"}}"#, words: #"forced greeting "{{call.id}}""#),
        row(
            "a rejected call stays rejected", .rejection("No."), greeting: "Storing!", reply: #"{"error":"No."}"#,
            words: #"rejected "No.""#),
    ]

    @Test(arguments: plain + holes + modes + forced) func goesOverTheWire(_ row: Row<Input, Outcome>) throws {
        var overrides = ActiveOverrides()
        if let greeting = row.input.greeting { overrides.set(.sample(.greeting(greeting))) }
        let rules = RuleSet.sample(lines: [row.input.line], otherwise: row.input.answer, tags: row.input.tags)
        let policy = CallPolicy(rules: rules, overrides: overrides)
        let (decision, reply) = try policy.answer(row.input.call, id: "d-1", at: .sample)
        #expect(String(decoding: reply, as: UTF8.self) == row.expected.reply)
        let decided = DecidedCall(request: row.input.call, at: .sample, decision: decision, reply: reply)
        #expect(decision.reasoning.words(of: decided) == row.expected.words)
        #expect(decision.isTagged == row.expected.reply.contains("\"switchboard\""))
        let keys = ["\"max_duration_seconds\"", "\"maxDurationSeconds\""]
        #expect(decision.mayLimitDuration == keys.contains { row.expected.reply.contains($0) })
    }
}
